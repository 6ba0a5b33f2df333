internal import Platform

/// Settings that a caller hands over in the environment, as `git -c` does.
///
/// Follows git-config(1), `GIT_CONFIG_COUNT`, and quote.c and config.c for `GIT_CONFIG_PARAMETERS`.
enum EnvironmentConfiguration {
    typealias Setting = (name: String, value: String)

    /// The settings in the order in which later ones go before earlier ones.
    static func settings(_ environment: Environment) throws(GitError) -> [Setting] {
        try numbered(environment) + listed(environment)
    }

    private static func numbered(_ environment: Environment) throws(GitError) -> [Setting] {
        guard let text = environment["GIT_CONFIG_COUNT"], !text.isEmpty else { return [] }
        guard let count = Int(text), (0...10_000).contains(count) else {
            throw GitError("GIT_CONFIG_COUNT: '\(text)' is not a count")
        }
        var settings: [Setting] = []
        for index in 0..<count {
            guard let name = environment["GIT_CONFIG_KEY_\(index)"],
                let value = environment["GIT_CONFIG_VALUE_\(index)"]
            else {
                throw GitError(
                    "GIT_CONFIG_COUNT is \(count), but GIT_CONFIG_KEY_\(index) or its value is missing"
                )
            }
            settings.append((normalized(name), value))
        }
        return settings
    }

    /// `'user.name'='Ada'` of newer gits and `'user.name=Ada'` of older ones, separated by spaces.
    private static func listed(_ environment: Environment) throws(GitError) -> [Setting] {
        guard let text = environment["GIT_CONFIG_PARAMETERS"] else { return [] }
        var settings: [Setting] = []
        var rest = text[...]
        while true {
            rest = rest.drop { $0 == " " }
            guard !rest.isEmpty else { return settings }
            guard let first = unquoted(&rest) else {
                throw GitError("GIT_CONFIG_PARAMETERS is not quoted as git quotes it")
            }
            if rest.first == "=" {
                rest.removeFirst()
                // Only the key is given where nothing follows: that means yes.
                settings.append((normalized(first), unquoted(&rest) ?? "true"))
            } else {
                let parts = first.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count > 1 ? String(parts[1]) : "true"
                settings.append((normalized(String(parts[0])), value))
            }
        }
    }

    /// Takes a word in single quotes, `'it'\''s'`, off the front; nil where there is none.
    private static func unquoted(_ rest: inout Substring) -> String? {
        guard rest.first == "'" else { return nil }
        var word = ""
        while rest.first == "'" {
            rest.removeFirst()
            guard let end = rest.firstIndex(of: "'") else { return nil }
            word += rest[..<end]
            rest = rest[rest.index(after: end)...]
            guard rest.first == "\\", let escaped = rest.dropFirst().first else { break }
            word.append(escaped)
            rest = rest.dropFirst(2)
        }
        return word
    }

    /// The name with its section and key in small letters; a subsection stays as it is.
    static func normalized(_ name: String) -> String {
        guard let first = name.firstIndex(of: "."), let last = name.lastIndex(of: ".") else {
            return name.lowercased()
        }
        return name[..<first].lowercased() + name[first..<last] + name[last...].lowercased()
    }
}
