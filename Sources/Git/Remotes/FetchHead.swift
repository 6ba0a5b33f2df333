internal import Platform

/// The file `FETCH_HEAD`: what was fetched last, for whoever merges it.
///
/// Follows store_updated_refs and append_fetch_head in builtin/fetch.c of git.
enum FetchHead {
    /// What a reference of a server is called in the file, and in the message of a merge.
    static func description(of name: ReferenceName, at url: RemoteURL) -> String {
        let place = shortened(url)
        let kinds: [(prefix: String, word: String)] = [
            ("refs/heads/", "branch "), ("refs/tags/", "tag "),
            ("refs/remotes/", "remote-tracking branch "),
        ]
        guard name != .head else { return place }
        let kind = kinds.first { name.path.bytes.starts(with: $0.prefix.utf8) }
        let short = kind == nil ? name.path : name.short
        return "\(kind?.word ?? "")'\(short.text)' of \(place)"
    }

    /// The address without closing slashes, `.git` and password.
    private static func shortened(_ url: RemoteURL) -> String {
        var text = Substring(url.withoutPassword)
        while text.last == "/", text.count > 1 { text.removeLast() }
        if text.hasSuffix(".git"), text.count > 4 { text = text.dropLast(4) }
        return text.split(separator: "\n", omittingEmptySubsequences: false).joined(
            separator: "\\n")
    }

    /// The file's content.
    static func text(of heads: [FetchedHead]) -> [UInt8] {
        heads.flatMap { head in
            Array(
                "\(head.id)\t\(head.isForMerge ? "" : "not-for-merge")\t\(head.description)\n".utf8)
        }
    }
}
