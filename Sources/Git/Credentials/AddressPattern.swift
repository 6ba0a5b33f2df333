/// The middle of `credential.<url>.username` or `http.<url>.proxy`: the addresses that a setting is for.
///
/// Scheme, host and port are the same, a `*` in the host stands for one label, the path begins at a slash, and a user is
/// the same where the pattern names one. For credentials, what is left out of the front may be anything.
///
/// Follows git-config(1), `http.<url>.*`, urlmatch.c, and match_partial_url in credential.c.
struct AddressPattern {
    private let scheme: Origin.Scheme?
    private let username: String?
    private let labels: [Substring]
    private let port: UInt16?
    private let path: [Substring]

    /// Reads a pattern; nil for one that fits no http or https address.
    init?(_ text: String) {
        var rest = text[...]
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let scheme = Origin.Scheme(rawValue: parts[0].lowercased()) else { return nil }
            self.scheme = scheme
            rest = parts[1]
        } else {
            scheme = nil
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var place = rest[..<slash]
        path = rest[slash...].split(separator: "/")
        if let at = place.lastIndex(of: "@") {
            username = String(place[..<at].prefix { $0 != ":" })
            place = place[place.index(after: at)...]
        } else {
            username = nil
        }
        let bracket = place.lastIndex(of: "]") ?? place.startIndex
        let colon = place[bracket...].firstIndex(of: ":")
        port = colon.flatMap { UInt16(place[place.index(after: $0)...]) } ?? scheme?.port
        labels = Substring(place[..<(colon ?? place.endIndex)].lowercased()).split(
            separator: ".", omittingEmptySubsequences: false)
    }

    /// How well the pattern fits; nil where it does not.
    ///
    /// A longer path fits better, then a named user, then a host without `*`.
    func fit(_ address: ServerAddress) -> [Int]? {
        let origin = address.origin
        let host = origin.host.split(separator: ".", omittingEmptySubsequences: false)
        let segments = address.path.split(separator: "/")
        let isAnyHost = labels == [""]
        guard scheme == nil || scheme == origin.scheme, port == nil || port == origin.port,
            username == nil || username == address.username,
            isAnyHost || labels.count == host.count,
            isAnyHost || zip(labels, host).allSatisfy({ $0 == "*" || $0 == $1 }),
            segments.starts(with: path)
        else { return nil }
        let plainLabelCount = labels.count { $0 != "*" && $0 != "" }
        return [plainLabelCount, path.count, username == nil ? 0 : 1]
    }
}

extension Configuration {
    /// One setting of a section, and how well its pattern fits an address.
    struct AddressedEntry {
        /// The last part of the name, in small letters.
        let key: String
        let entry: Entry
        /// To be compared as words are; empty for a setting without a pattern.
        let fit: [Int]
    }

    /// The settings `<section>.<key>` and `<section>.<url>.<key>` that are for an address.
    ///
    /// - Parameters:
    ///   - section: Such as `credential`, in small letters.
    ///   - address: Where a program is about to go.
    /// - Returns: Those that fit, from the general to the particular, in the order of their files.
    /// - Throws: ``GitError`` where the configuration cannot be read.
    func entries(
        section: String, for address: ServerAddress
    ) throws(GitError) -> [AddressedEntry] {
        try entries { $0.hasPrefix(section + ".") }.compactMap { entry in
            let name = entry.name.dropFirst(section.count + 1)
            guard let dot = name.lastIndex(of: ".") else {
                return AddressedEntry(key: String(name), entry: entry, fit: [])
            }
            guard let fit = AddressPattern(String(name[..<dot]))?.fit(address) else { return nil }
            return AddressedEntry(
                key: String(name[name.index(after: dot)...]), entry: entry, fit: fit)
        }
    }
}
