internal import Notebook

extension ConnectionImport {
    mutating func takePolyaxon(_ object: JSONObject) throws(Failure) {
        let name = try object["name"].map { name throws(Failure) in try Self.text(name, "name") }
        if let kind = object["kind"], kind.string != "git" {
            leftOut.append("'\(name ?? "")' is of kind '\(kind.words)', not git: passed over")
            return
        }
        do throws(Failure) {
            guard let name = options.name ?? name else { throw Failure("there is no 'name'") }
            guard let schema = object["schema"]?.object else {
                throw Failure(
                    object["schema"].map { "'schema' is \($0.phrase), not an object" }
                        ?? "there is no 'schema'", hint: "write schema: {url: https://…}")
            }
            guard let url = schema["url"] else { throw Failure("there is no 'schema.url'") }
            var connection = try connection(
                named: name, address(Self.text(url, "schema.url")))
            if let revision = schema["revision"], !revision.isNull {
                try connection.set(branch: Self.text(revision, "schema.revision"))
            }
            if let description = object["description"], !description.isNull {
                let words = try Self.text(description, "description").split { $0.isWhitespace }
                try connection.set(description: words.joined(separator: " "))
            }
            let flags = try Self.flags(schema["flags"])
            for flag in try connection.take(flags: flags) {
                leftOut.append("\(name): nbgit knows no flag '\(flag)'")
            }
            if let secret = object["secret"], !secret.isNull {
                connection.secret = try self.secret(secret, of: name)
            }
            connections.append(connection)
            note(schema, known: ["url", "revision", "flags"], of: name, below: "schema.")
            note(object, known: ["name", "kind", "description", "schema", "secret"], of: name)
        } catch { throw error.about(name ?? "a connection") }
    }

    private mutating func secret(
        _ value: JSONValue, of name: String
    ) throws(Failure) -> SecretReference {
        guard let object = value.object else {
            return try SecretReference("name:" + Self.text(value, "secret"))
        }
        guard let secret = object["name"] else { throw Failure("there is no 'secret.name'") }
        note(object, known: ["name"], of: name, below: "secret.")
        return try SecretReference("name:" + Self.text(secret, "secret.name"))
    }

    private static func flags(_ value: JSONValue?) throws(Failure) -> [String] {
        guard let value, !value.isNull else { return [] }
        let texts = try (value.array ?? [value]).map { flag throws(Failure) in
            try text(flag, "schema.flags")
        }
        // '--depth 1' is one text, or two.
        return texts.flatMap { $0.split { $0 == " " || $0 == "=" }.map(String.init) }
    }
}

extension Connection {
    /// Takes what Polyaxon tells git when it clones; gives back what is not known.
    fileprivate mutating func take(flags: [String]) throws(Failure) -> [String] {
        var unknown: [String] = []
        var rest = flags[...]
        while let flag = rest.popFirst() {
            switch flag {
            case "--experimental-fetch": fetchesOnlyRevision = true
            case "--recurse-submodules", "--recursive": includesSubmodules = true
            case "--depth": try set(depth: rest.popFirst() ?? "0")
            default: unknown.append(flag)
            }
        }
        return unknown
    }
}
