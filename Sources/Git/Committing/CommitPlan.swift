internal import Platform

/// What a commit will be made of, found out before anything is changed.
struct CommitPlan {
    let head: Head
    let parents: [ObjectID]
    let author: Signature
    let committer: Signature
    let encoding: String?
    /// The text before it is tidied.
    let message: [UInt8]
    /// What git calls the source of the text, for prepare-commit-msg.
    let messageSource: [String]
    /// What the reflog begins with.
    let logPrefix: [UInt8]
    /// The tree of the first parent, or nil for a first commit: what a commit's changes are counted from.
    let comparedTree: ObjectID?
    private let mayBeEmpty: Bool

    init(_ request: CommitRequest, _ repository: Repository) throws(GitError) {
        head = try repository.head()
        let merged = try repository.commits(in: "MERGE_HEAD")
        let picked = try repository.commits(in: "CHERRY_PICK_HEAD").first
        let replaced = try request.amends ? Self.replaced(head, merged, repository) : nil
        if !merged.isEmpty, request.only != nil {
            throw GitError(
                "a merge is in progress, and is committed as a whole",
                hint: "run 'nbgit commit -m <message>' without paths")
        }
        let last = try head.commit.map { id throws(GitError) in try repository.commit(id) }
        parents = replaced?.parents ?? ([head.commit].compactMap(\.self) + merged)
        let model = try picked.map { id throws(GitError) in try repository.commit(id) }
        if let source = replaced ?? model {
            author = source.author
        } else {
            author = try repository.signature(.author)
        }
        committer = try repository.signature(.committer)
        let setting = try repository.configuration.string("i18n.commitEncoding")
        let isUTF8 = ["utf-8", "utf8"].contains(setting?.lowercased() ?? "utf-8")
        encoding = replaced.map(\.encoding) ?? (isUTF8 ? nil : setting)
        let prepared = try repository.preparedMessage()
        guard let message = request.message ?? replaced?.message ?? prepared else {
            throw GitError(
                "the commit needs a message", hint: "say what changed: -m '<message>'")
        }
        self.message = message
        messageSource =
            request.message != nil
            ? ["message"]
            : replaced != nil ? ["commit", "HEAD"] : [merged.isEmpty ? "message" : "merge"]
        let kind =
            request.amends
            ? " (amend)"
            : head.commit == nil
                ? " (initial)"
                : !merged.isEmpty ? " (merge)" : picked != nil ? " (cherry-pick)" : ""
        let action = repository.environment["GIT_REFLOG_ACTION"] ?? "commit\(kind)"
        logPrefix = Array("\(action): ".utf8)
        let compared = replaced != nil ? parents.first : head.commit
        comparedTree =
            compared == head.commit
            ? last?.tree
            : try compared.map { id throws(GitError) in try repository.commit(id).tree }
        mayBeEmpty = parents.count > 1
    }

    /// Whether a commit of this tree would say something.
    func isWorthCommitting(_ tree: ObjectID) throws(GitError) -> Bool {
        if mayBeEmpty { return true }
        return tree != (comparedTree ?? Self.emptyTree)
    }

    /// The name that the tree without entries has in every repository.
    private static let emptyTree = ObjectID(hexadecimal: "4b825dc642cb6eb9a060e54bf8d69288fbee4904")

    /// The commit that is amended.
    private static func replaced(
        _ head: Head, _ merged: [ObjectID], _ repository: Repository
    ) throws(GitError) -> Commit {
        guard merged.isEmpty else {
            throw GitError(
                "a merge is in progress, so there is nothing to amend",
                hint: "finish it with 'nbgit commit'")
        }
        guard let id = head.commit else {
            throw GitError("there is no commit yet to amend", hint: "leave out '--amend'")
        }
        return try repository.commit(id)
    }
}

extension Repository {
    /// The commits that a file names, one each line; none where there is no file.
    ///
    /// The file `name` lies in `folder`, or in the git folder if that is nil.
    func commits(in name: Path, of folder: Path? = nil) throws(GitError) -> [ObjectID] {
        let bytes = try read(name, of: folder) ?? []
        return try bytes.split(separator: .newline).map { line throws(GitError) in
            guard let id = ObjectID(hexadecimal: String(decoding: line, as: UTF8.self)) else {
                throw GitError("does not name a commit", path: layout.gitFolder.appending(name))
            }
            return id
        }
    }

    /// The text that a merge or a squash has left for the next commit.
    fileprivate func preparedMessage() throws(GitError) -> [UInt8]? {
        var text = try read("MERGE_MSG")
        if text == nil { text = try read("SQUASH_MSG") }
        guard let text else { return nil }
        // A list of conflicts is commented out there.
        return MessageCleanup.strip.cleaned(text, comment: UInt8(ascii: "#"))
    }

    private func read(_ name: Path, of folder: Path? = nil) throws(GitError) -> [UInt8]? {
        let file = (folder ?? layout.gitFolder).appending(name)
        do throws(SystemError) {
            return try File.read(file)
        } catch let error where error.isNotFound {
            return nil
        } catch {
            throw GitError(error)
        }
    }
}
