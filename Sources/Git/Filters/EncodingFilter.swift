internal import Platform

/// The attribute `working-tree-encoding`: text is UTF-8 in the repository and something else outside.
///
/// Follows encode_to_git and encode_to_worktree in convert.c. Where git would go on with a warning, this
/// refuses: what it does not know would be stored as something else than git stores.
final class EncodingFilter: ContentFilter {
    func applies(_ value: String, to path: Path) throws(GitError) -> Bool {
        guard !value.isEmpty, !TextEncoding.isUTF8(value) else { return false }
        guard TextEncoding(value) != nil else {
            throw GitError(
                "has the attribute working-tree-encoding=\(value), which nbgit does not know",
                path: path, hint: "use git for this file: 'git add \(path.displayName)'")
        }
        return true
    }

    func filtered(
        _ bytes: [UInt8], path: Path, value: String, _ direction: FilterDirection, blob: ObjectID?
    ) throws(GitError) -> [UInt8]? {
        guard let encoding = TextEncoding(value), !bytes.isEmpty else { return nil }
        do throws(EncodingFailure) {
            return try direction == .clean ? encoding.decoded(bytes) : encoding.encoded(bytes)
        } catch {
            let name = value.uppercased()
            switch error {
            case .malformed:
                let (from, to) = direction == .clean ? (name, "UTF-8") : ("UTF-8", name)
                throw GitError("cannot be brought from \(from) to \(to)", path: path)
            case .markMissing:
                throw GitError(
                    "has no byte order mark, which \(name) text needs", path: path,
                    hint: "write 'working-tree-encoding=\(name)LE' (or BE) in .gitattributes")
            case .markProhibited:
                throw GitError(
                    "has a byte order mark, which \(name) text must not have", path: path,
                    hint: "write 'working-tree-encoding=\(name.dropLast(2))' in .gitattributes")
            }
        }
    }
}
