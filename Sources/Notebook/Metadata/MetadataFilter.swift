/// Which metadata a script shows: a comma list such as `tags,-all` or `all,-execution`.
///
/// `key` and `+key` include, `-key` excludes, `all` and `-all` stand for every key, and dots reach
/// into nested objects. Follows jupytext's `notebook_metadata_filter` and `cell_metadata_filter`.
struct MetadataFilter: Equatable {
    private(set) var included: [String] = []
    private(set) var excluded: [String] = []
    private var includesAll = false
    private(set) var excludesAll = false

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

    // MARK: Filtering

    /// What of a notebook's metadata is shown: `defaults` and what is included, without what is excluded.
    func notebookMetadata(_ metadata: JSONObject, defaults: [String]) -> JSONObject {
        if includesAll { return metadata.removing(excluded.filter { !included.contains($0) }) }
        if excludesAll { return metadata.keeping(included) }
        let kept = defaults.filter { !excluded.contains($0) } + included
        return metadata.keeping(kept).removing(excluded)
    }

    /// What of a cell's metadata is shown: all but `hidden`, what is excluded and an empty list of tags,
    /// unless the filter says more.
    func cellMetadata(_ metadata: JSONObject, hidden: [String]) -> JSONObject {
        if includesAll { return metadata.removing(excluded.filter { !included.contains($0) }) }
        if excludesAll { return metadata.keeping(included) }
        let shown = metadata.removing(excluded + hidden.filter { !included.contains($0) })
        let hasEmptyTags =
            shown["tags"].map { [.array([]), "", .null, false, 0].contains($0) } ?? false
        return hasEmptyTags ? shown.removing(["tags"]) : shown
    }
}

extension JSONObject {
    /// The members that `paths` (keys, or keys joined by dots) name, in the order of the object.
    func keeping(_ paths: [String]) -> JSONObject {
        var kept = JSONObject()
        for (key, value) in members {
            if paths.contains(key.string) {
                kept[key] = value
                continue
            }
            let inner = paths.compactMap { $0.below(key.string) }
            guard !inner.isEmpty, let object = value.object else { continue }
            let part = object.keeping(inner)
            if !part.isEmpty { kept[key] = .object(part) }
        }
        return kept
    }

    /// The members but for those that `paths` name.
    func removing(_ paths: [String]) -> JSONObject {
        guard !paths.isEmpty else { return self }
        var rest = JSONObject()
        for (key, value) in members where !paths.contains(key.string) {
            let inner = paths.compactMap { $0.below(key.string) }
            if inner.isEmpty || value.object == nil {
                rest[key] = value
            } else if let object = value.object {
                rest[key] = .object(object.removing(inner))
            }
        }
        return rest
    }
}

extension String {
    /// The path that is left of `a.b.c` below the key `a`.
    fileprivate func below(_ key: String) -> String? {
        hasPrefix(key + ".") ? String(dropFirst(key.count + 1)) : nil
    }
}
