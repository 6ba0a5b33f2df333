internal import Clibgit2
internal import Platform

/// One reference that moves to another object.
struct ReferenceUpdate {
    /// The reference itself, never HEAD where HEAD names a branch.
    let name: ReferenceName
    /// What it must name now; nil where it must not exist.
    let old: ObjectID?
    let new: ObjectID
    /// What the reflog says, on one line.
    let message: [UInt8]
}

extension Repository {
    /// Moves a branch, or HEAD where it is detached, as one step that also writes the reflogs.
    ///
    /// Not libgit2's own: a process that is killed in it leaves a lock behind that nobody may remove.
    ///
    /// - Parameters:
    ///   - update: What moves, and from where.
    ///   - movesHead: Whether HEAD names that branch, so that its reflog gets the line too.
    ///   - committer: Who does it, for the reflogs.
    ///   - prepare: What has to be done when it is certain that the reference can move, and before it does.
    /// - Throws: ``GitError`` where somebody else moved it, or HEAD, meanwhile; it is then where it was.
    ///
    /// Follows refs/files-backend.c of git.
    func move(
        _ update: ReferenceUpdate, movesHead: Bool, by committer: Signature,
        preparedBy prepare: () throws(GitError) -> Void = {}
    ) throws(GitError) {
        let folder = update.name == .head ? layout.gitFolder : layout.commonFolder
        let file = folder.appending(update.name.path)
        try makeFolder(for: update.name, file)
        // Who changes HEAD itself holds this lock, and that of the branch is taken behind it, as in git.
        var headLock: LockFile?
        if movesHead { headLock = try self.lock(layout.gitFolder.appending("HEAD")) }
        var lock = try lock(file)
        let current = try commit(of: update.name)
        let branch = try movesHead ? head().branch : update.name
        guard current == update.old, branch == update.name else {
            throw GitError(
                "'\(update.name.short.displayName)' was moved by somebody else meanwhile",
                hint: "look at it with 'nbgit log', then try again")
        }
        let line = Self.logLine(update.old, update.new, update.message, committer)
        // Where nothing moves, git writes only the log of HEAD, and that if it names a branch.
        if update.old != update.new {
            try system { () throws(SystemError) in try lock.write(Array("\(update.new)\n".utf8)) }
        }
        try prepare()
        if update.old != update.new { try log(line, update.name, folder) }
        if movesHead { try log(line, .head, layout.gitFolder) }
        // Given back before the last step: whoever is killed behind that step leaves no lock, and its command
        // is done.
        if let headLock = headLock.take() { headLock.release() }
        if update.old != update.new {
            try system { () throws(SystemError) in try lock.replace(durable: flushes.references) }
        }
    }

    /// Adds a line to the reflog of HEAD alone.
    func logHead(
        from old: ObjectID?, to new: ObjectID, _ message: [UInt8], by committer: Signature
    ) throws(GitError) {
        try log(Self.logLine(old, new, message, committer), .head, layout.gitFolder)
    }

    /// Adds a line to the reflog of a reference that is not HEAD.
    func logReference(
        _ name: ReferenceName, from old: ObjectID?, to new: ObjectID, _ message: [UInt8],
        by committer: Signature
    ) throws(GitError) {
        try log(Self.logLine(old, new, message, committer), name, layout.commonFolder)
    }

    private static func logLine(
        _ old: ObjectID?, _ new: ObjectID, _ message: [UInt8], _ committer: Signature
    ) -> [UInt8] {
        Array("\(old ?? .zero) \(new) ".utf8) + committer.line + Array("\t".utf8)
            + singleSpaced(message) + [.newline]
    }

    private func makeFolder(for name: ReferenceName, _ file: Path) throws(GitError) {
        do throws(SystemError) {
            // Where 'a' is a branch there can be no 'a/b', and the other way round, as in git.
            try removeEmptyFolders(file)
            try sharing.apply { () throws(SystemError) in try Folder.create(file.parent) }
        } catch {
            throw GitError(
                "another branch is in the way of '\(name.short.displayName)'", path: error.path)
        }
    }

    /// An empty folder where the branch is to be is left over from branches below it.
    private func removeEmptyFolders(_ file: Path) throws(SystemError) {
        guard try File.status(of: file)?.kind == .folder else { return }
        try Folder.removeIfEmpty(file)
    }

    /// Adds a line to a reflog, where one is kept.
    private func log(
        _ line: [UInt8], _ name: ReferenceName, _ folder: Path
    ) throws(GitError) {
        let file = folder.appending("logs").appending(name.path)
        let exists = (try? File.status(of: file)) != nil
        let isWanted = try keepsLog(of: name)
        guard exists || isWanted else { return }
        try system { () throws(SystemError) in
            try sharing.apply { () throws(SystemError) in
                try Folder.create(file.parent)
                try File.append(line, to: file)
            }
        }
    }

    /// The words with one space between them, as a reflog has them.
    private static func singleSpaced(_ text: [UInt8]) -> [UInt8] {
        let words = text.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return Array(words.joined(separator: [UInt8(ascii: " ")]))
    }

    private func keepsLog(of name: ReferenceName) throws(GitError) -> Bool {
        let setting = try configuration.string("core.logAllRefUpdates")
        if setting?.lowercased() == "always" { return true }
        let isOn = try configuration.bool("core.logAllRefUpdates") ?? (layout.workTree != nil)
        let kinds = ["refs/heads/", "refs/remotes/", "refs/notes/"]
        return isOn
            && (name == .head || kinds.contains { name.path.bytes.starts(with: $0.utf8) })
    }
}
