internal import Platform

/// How far a rebase is that stopped.
public struct RebaseProgress: Sendable {
    /// The branch whose commits are brought over; nil where HEAD was on none.
    public let branch: ReferenceName?
    /// The number of the command it stopped at, from 1; 0 before the first.
    public let number: Int
    /// How many commands there are.
    public let total: Int
    /// The commit that is to be settled; nil where it stopped for something else.
    public let stopped: Commit?

    /// Reads what git or nbgit keeps of it; nil where no rebase is in progress.
    init?(_ repository: Repository) {
        guard repository.operation == .rebase else { return nil }
        let names: [Path] = ["rebase-merge", "rebase-apply"]
        let folders = names.map { repository.layout.gitFolder.appending($0) }
        guard let folder = folders.first(where: { (try? File.status(of: $0)) != nil }) else {
            return nil
        }
        func line(_ names: Path...) -> String {
            let bytes = names.lazy.compactMap { try? File.read(folder.appending($0)) }.first ?? []
            return String(decoding: bytes.prefix { $0 != .newline }, as: UTF8.self)
        }
        let name = line("head-name")
        branch = name.hasPrefix("refs/") ? ReferenceName(Path(name)) : nil
        number = Int(line("msgnum", "next")) ?? 0
        total = Int(line("end", "last")) ?? 0
        let id = (try? repository.commits(in: "REBASE_HEAD"))?.first
        stopped = id.flatMap { try? repository.commit($0) }
    }
}
