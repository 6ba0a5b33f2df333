internal import Notebook

/// Connections as a platform writes them down; ``ConnectionImport`` reads them again.
public struct ConnectionExport {
    /// Whose way of writing.
    public enum Format: String, Sendable, CaseIterable {
        /// YAML with a list of `connections:`.
        case polyaxon
        /// JSON as `aws sagemaker create-code-repository --cli-input-json` takes it; of several, a list.
        case sagemaker
    }

    /// The text.
    public let text: [UInt8]
    /// What the platform has no word for, a sentence each.
    public private(set) var leftOut: [String] = []

    /// Writes connections.
    public init(_ connections: [Connection], as format: Format) {
        var leftOut: [String] = []
        switch format {
        case .polyaxon:
            let objects = connections.map { $0.polyaxon(&leftOut) }
            text = (["connections": .array(objects.map(JSONValue.object))] as JSONObject).yaml
        case .sagemaker:
            let objects = connections.map { JSONValue.object($0.sageMaker(&leftOut)) }
            let value =
                objects.count == 1
                ? objects[0] : .object(["CodeRepositorySummaryList": .array(objects)])
            text = value.line + [UInt8(ascii: "\n")]
        }
        self.leftOut = leftOut
    }
}

extension Connection {
    fileprivate func polyaxon(_ leftOut: inout [String]) -> JSONObject {
        var schema: JSONObject = ["url": .string(JSONString(url))]
        schema["revision"] = branch.map { .string(JSONString($0)) }
        let flags = [
            fetchesOnlyRevision ? "--experimental-fetch" : nil, depth.map { "--depth \($0)" },
            includesSubmodules ? "--recurse-submodules" : nil,
        ].compactMap(\.self)
        schema["flags"] = flags.isEmpty ? nil : .array(flags.map { .string(JSONString($0)) })
        var object: JSONObject = [
            "name": .string(JSONString(name)), "kind": "git", "schema": .object(schema),
        ]
        object["description"] = description.map { .string(JSONString($0)) }
        switch secret {
        case .named(let name): object["secret"] = .object(["name": .string(JSONString(name))])
        case nil, .some(.none): break
        case .some(let other): leftOut.append(word(other))
        }
        if isReadOnly { leftOut.append("\(name): that it is for reading only") }
        return object
    }

    fileprivate func sageMaker(_ leftOut: inout [String]) -> JSONObject {
        var settings: JSONObject = [:]
        settings["Branch"] = branch.map { .string(JSONString($0)) }
        settings["RepositoryUrl"] = .string(JSONString(url))
        switch secret {
        case nil, .some(.none): break
        case .some(let other):
            settings["SecretArn"] = other.arn.map { .string(JSONString($0)) }
            if other.arn == nil { leftOut.append(word(other)) }
        }
        if isReadOnly { leftOut.append("\(name): that it is for reading only") }
        if description != nil { leftOut.append("\(name): its description") }
        if depth != nil || includesSubmodules || fetchesOnlyRevision {
            leftOut.append("\(name): how much of it is cloned")
        }
        return ["CodeRepositoryName": .string(JSONString(name)), "GitConfig": .object(settings)]
    }

    private func word(_ secret: SecretReference) -> String {
        "\(name): its secret '\(secret.text)'"
    }
}
