/// Which metadata a script shows: a comma list such as `tags,-all` or `all,-execution`.
///
/// `key` and `+key` include, `-key` excludes, `all` and `-all` stand for every key, and dots reach
/// into nested objects. Follows jupytext's `notebook_metadata_filter` and `cell_metadata_filter`.
struct MetadataFilter: Equatable {
    private var included: [String] = []
    private var excluded: [String] = []
    private var includesAll = false
    private var excludesAll = false

    /// Keeps just what `defaults` name.
    init() {}

    init(_ text: String) {
        for part in text.split(separator: ",") {
            let key = String(part.filter { !$0.isWhitespace })
            switch key {
            case "": continue
            case "all", "+all": includesAll = true
            case "-all": excludesAll = true
            default:
                if key.hasPrefix("-") {
                    excluded.append(String(key.dropFirst()))
                } else {
                    included.append(key.hasPrefix("+") ? String(key.dropFirst()) : key)
                }
            }
        }
    }

    /// Reads a filter from metadata or settings: the comma list, or `{additional: …, excluded: …}`, whose
    /// values are lists of keys or `all`.
    init?(_ value: JSONValue?) {
        switch value {
        case .string(let text): self.init(text.string)
        case .bool(false): self.init("-all")
        case .object(let object):
            var parts: [String] = []
            for (name, sign) in [("additional", ""), ("excluded", "-")] {
                let keys = object[JSONString(name)]
                for key in keys?.array?.compactMap(\.string) ?? keys?.string.map({ [$0] }) ?? [] {
                    parts.append(sign + key)
                }
            }
            self.init(parts.joined(separator: ","))
        default: return nil
        }
    }

    // MARK: What it shows

    /// What of a notebook's metadata is shown: `defaults` and what is included, without what is excluded.
    func notebookKeys(defaults: [String]) -> ShownKeys {
        if includesAll { return ShownKeys(kept: nil, removed: excludedOnly) }
        if excludesAll { return ShownKeys(kept: included) }
        let kept = defaults.filter { !excluded.contains($0) } + included
        return ShownKeys(kept: kept, removed: excluded)
    }

    /// What of a cell's metadata is shown: all but `hidden`, what is excluded and an empty list of tags,
    /// unless the filter says more.
    func cellKeys(hidden: [String]) -> ShownKeys {
        if includesAll { return ShownKeys(kept: nil, removed: excludedOnly) }
        if excludesAll { return ShownKeys(kept: included) }
        let removed = excluded + hidden.filter { !included.contains($0) }
        return ShownKeys(kept: nil, removed: removed, showsEmptyTags: false)
    }

    private var excludedOnly: [String] { excluded.filter { !included.contains($0) } }
}

/// The metadata that a filter lets through.
struct ShownKeys {
    /// nil for every key.
    private let kept: KeyPaths?
    private let removed: KeyPaths
    private let showsEmptyTags: Bool

    init(kept: [String]?, removed: [String] = [], showsEmptyTags: Bool = true) {
        self.kept = kept.map(KeyPaths.init)
        self.removed = KeyPaths(removed)
        self.showsEmptyTags = showsEmptyTags
    }

    /// What is shown of `metadata`, in its order.
    func shown(of metadata: JSONObject) -> JSONObject {
        var shown = kept.map { metadata.keeping($0) } ?? metadata
        shown = shown.removing(removed)
        if !showsEmptyTags, let tags = shown["tags"],
            [.array([]), "", .null, false, 0].contains(tags)
        {
            shown["tags"] = nil
        }
        return shown
    }
}

/// Keys, and keys inside objects as `a.b`.
struct KeyPaths {
    private let keys: [String]
    private let nested: [String]

    init(_ paths: [String]) {
        keys = paths
        nested = paths.filter { $0.utf8.contains(UInt8(ascii: ".")) }
    }

    var isEmpty: Bool { keys.isEmpty }

    func contains(_ key: JSONString) -> Bool {
        // There are few of them.
        keys.contains { key.utf8.elementsEqual($0.utf8) }
    }

    /// The paths that are left of `a.b.c` below the key `a`; nil for none.
    func paths(below key: JSONString) -> KeyPaths? {
        guard !nested.isEmpty, case let start = key.string + "." else { return nil }
        let inner = nested.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
        return inner.isEmpty ? nil : KeyPaths(inner)
    }
}

extension JSONObject {
    /// The members that `paths` name, in the order of the object.
    func keeping(_ paths: KeyPaths) -> JSONObject {
        var kept = JSONObject()
        for (key, value) in members {
            if paths.contains(key) {
                kept[key] = value
            } else if let inner = paths.paths(below: key), let part = value.object?.keeping(inner),
                !part.isEmpty
            {
                kept[key] = .object(part)
            }
        }
        return kept
    }

    /// The members but for those that `paths` name.
    func removing(_ paths: KeyPaths) -> JSONObject {
        guard !paths.isEmpty, !isEmpty else { return self }
        var rest = JSONObject()
        for (key, value) in members where !paths.contains(key) {
            guard let inner = paths.paths(below: key), let object = value.object else {
                rest[key] = value
                continue
            }
            rest[key] = .object(object.removing(inner))
        }
        return rest
    }
}
