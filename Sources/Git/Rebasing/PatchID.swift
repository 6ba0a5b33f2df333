internal import Platform

/// What two commits have in common that make the same change, wherever in the files it is.
///
/// Not libgit2's: to that, all changes of a binary file are the same one.
///
/// Follows git-patch-id(1), and `diff_get_patch_id` of git's diff.c.
struct PatchID: Equatable {
    private let bytes: [UInt8]

    /// Looks at what a commit changes, compared with its first parent.
    init(of commit: Commit, in repository: Repository) throws(GitError) {
        var bytes: [UInt8] = []
        for change in try repository.changes(from: commit.parents.first, to: commit.id) {
            let modes = [change.old, change.new].map { $0?.mode.text ?? "-" }
            bytes += change.path.bytes + [0] + Array(modes.joined(separator: " ").utf8) + [0]
            bytes += try Self.content(of: change, repository)
        }
        self.bytes = bytes
    }

    private static func content(
        of change: FileChange, _ repository: Repository
    ) throws(GitError) -> [UInt8] {
        let names = [change.old, change.new].flatMap { $0?.id?.bytes ?? ObjectID.zero.bytes }
        guard change.old?.mode.isFile ?? true, change.new?.mode.isFile ?? true else { return names }
        let old = try change.old.map { side throws(GitError) in try repository.content(of: side) }
        let new = try change.new.map { side throws(GitError) in try repository.content(of: side) }
        let (before, after) = (old ?? [], new ?? [])
        guard !TextPatch.isBinary(before), !TextPatch.isBinary(after) else { return names }
        let lines = try TextPatch(from: before, to: after).hunks.flatMap(\.lines)
        return lines.reduce(into: []) { $0 += signed($1) }
    }

    /// White space does not count.
    private static func signed(_ line: TextPatch.Line) -> [UInt8] {
        let (sign, text) =
            switch line {
            case .same(let text): (" ", text)
            case .removed(let text): ("-", text)
            case .added(let text): ("+", text)
            case .unended: ("", [UInt8]())
            }
        return Array(sign.utf8) + text.filter { $0 > 32 } + [.newline]
    }
}
