using LocalFunctions.Hosting;
using LocalFunctions.Setup;

namespace LocalFunctions.Builder;

/// <summary>Where an app begins.</summary>
public class FunctionsApplication
{
    /// <summary>Starts what stands around the app, so that its settings are there to be read.</summary>
    /// <param name="args">The command line: options such as <c>--port 7071</c>, after the name of a command if one is to run.</param>
    /// <remarks>What this machine lacks is said in one line on the terminal and ends the process with exit code 1; part of another program, it is thrown.</remarks>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            return new FunctionsApplicationBuilder(HostPlan.Read(args));
        }
        catch (LocalSetupException fault) when (!HostPlan.IsEmbedded(args))
        {
            fault.EndProcess();
            throw;
        }
    }
}
