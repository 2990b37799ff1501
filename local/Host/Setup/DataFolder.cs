using System.Globalization;
using LocalMachine;

namespace LocalHost.Setup;

/// <summary>The folder that holds everything the local run keeps; one host at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream hold;
    private readonly bool temporary;

    private DataFolder(string path, FileStream hold, bool temporary)
    {
        FullPath = path;
        this.hold = hold;
        this.temporary = temporary;
    }

    public string FullPath { get; }

    /// <param name="temporary">Delete it at the end.</param>
    /// <exception cref="LocalSetupException">Another host uses it; the message says which.</exception>
    public static DataFolder Take(string path, bool temporary, Uri address)
    {
        var full = Path.GetFullPath(path);
        var holder = Path.Combine(full, "host.txt");
        try
        {
            Directory.CreateDirectory(full);
            // The operating system lets go of the lock when the process ends, however it ends.
            var hold = new FileStream(Path.Combine(full, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}, {address}"));
            return new DataFolder(full, hold, temporary);
        }
        catch (IOException) when (File.Exists(holder))
        {
            throw new LocalSetupException(
                $"The data folder {full} is in use by {File.ReadAllText(holder)}. Stop that one, or choose another folder with --data.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LocalSetupException($"The data folder {full} cannot be used: {fault.Message}");
        }
    }

    public void Dispose()
    {
        hold.Dispose();
        if (temporary)
            DeleteAll();
    }

    private void DeleteAll()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Something still has a file open; the system's own clean-up of temporary folders takes it.
        }
    }
}
