using Spectrum.PrivacyFlows.Operations.Health;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>Gathers the mistakes of one file.</summary>
internal sealed class ErrorList(string file)
{
    private readonly List<DataMapError> errors = [];

    public IReadOnlyList<DataMapError> Errors => errors;

    public void Add(Mark place, string reason) => errors.Add(new DataMapError(file, place.Line, place.Column, reason));

    public void Add(YamlNode node, string reason) => Add(node.Start, reason);

    public void AddForFile(string reason) => errors.Add(new DataMapError(file, 0, 0, reason));
}
