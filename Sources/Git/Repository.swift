internal import CGitShims
internal import Clibgit2
public import Platform

/// A git repository on this machine.
///
/// libgit2 allows an object to one thread at a time: a repository is not `Sendable`.
public final class Repository {
    let pointer: OpaquePointer
    /// Where its parts lie.
    public let layout: RepositoryLayout
    /// The variables that git listens to.
    public let environment: Environment
    /// What git is told here.
    public let configuration: Configuration
    /// What is sent to the device at once.
    let flushes: FlushPolicy
    /// Who may use what is written into the git folder.
    let sharing: SharedPermissions
    /// Where the command was started, from the root of the work tree: the programs that it runs are told.
    public var commandFolder: Path = "."
    /// The commits that stand in for others; none where they cannot be read.
    private(set) lazy var replacements = (try? readReplacements()) ?? [:]
    /// What could not be looked at, and was passed over.
    private var passedOver: [GitError] = []
    /// Made when the first content is to be converted.
    private var madeConverter: ContentConverter?

    /// Opens the repository whose work tree is `folder`, or that is `folder` itself when it is bare.
    ///
    /// - Parameters:
    ///   - folder: Not searched upwards; see ``discover(from:environment:)``.
    ///   - environment: For the configuration and for `SUDO_UID`.
    /// - Throws: ``GitError`` where there is none or nbgit will not have it: owned by someone else,
    ///   SHA-256, reftable, any extension it does not know.
    public convenience init(
        opening folder: Path, environment: Environment = Environment([:])
    ) throws(GitError) {
        let root = (try? File.resolved(folder)) ?? folder
        try self.init(
            RepositoryLayout(root: root, environment: environment), environment: environment)
    }

    /// Opens the repository that lies as `layout` says.
    ///
    /// - Throws: ``GitError`` as ``init(opening:environment:)``.
    public init(_ layout: RepositoryLayout, environment: Environment) throws(GitError) {
        try Library.ready()
        try RepositoryOwner.check(layout, environment: environment)
        let format = try RepositoryFormat(of: layout)
        let pointer = try Self.open(layout)
        do throws(GitError) {
            var files = ConfigurationFiles(environment: environment)
            files.add(layout, hasWorkTreeFile: format.hasWorkTreeConfiguration)
            configuration = try Configuration(
                files: files, environment: environment, repository: pointer)
            try check(
                "git_repository_set_config",
                git_repository_set_config(pointer, configuration.pointer))
            flushes = try FlushPolicy(configuration)
            sharing = try SharedPermissions(configuration)
            try check(
                "git_libgit2_opts", nbgit_enable_fsync(flushes.looseObjects ? 1 : 0))
        } catch {
            git_repository_free(pointer)
            throw error
        }
        self.pointer = pointer
        var layout = layout
        // core.worktree may have put it elsewhere.
        layout.workTree = Self.workTree(of: pointer)
        self.layout = layout
        self.environment = environment
    }

    deinit {
        madeConverter = nil
        git_repository_free(pointer)
    }

    /// Converts content on its way between the work tree and the repository.
    ///
    /// - Throws: ``GitError`` where the configuration says what cannot be.
    func converter() throws(GitError) -> ContentConverter {
        if let madeConverter { return madeConverter }
        let programs = FilterPrograms(configuration, folder: layout.workTree) { [unowned self] in
            programEnvironment
        }
        let made = try ContentConverter(
            attributeRules(), programs, repository: pointer, configuration)
        madeConverter = made
        return made
    }

    /// Goes on past something that cannot be looked at; the person should know.
    ///
    /// - Throws: The error, where the person asked to stop.
    func passOver(_ error: GitError) throws(GitError) {
        if error.system?.isInterruption == true { throw error }
        passedOver.append(error)
    }

    /// Files and folders that were passed over since this was last asked, each once.
    public func takePassedOver() -> [GitError] {
        defer { passedOver = [] }
        var seen: Set<GitError> = []
        return passedOver.filter { seen.insert($0).inserted }
    }

    /// Filter programs that failed without being required, since this was last asked.
    ///
    /// Their files were taken as they were, as git does; the person should know.
    public func takeFilterFailures() -> [GitError] {
        madeConverter?.takeFailures() ?? []
    }

    private static func open(_ layout: RepositoryLayout) throws(GitError) -> OpaquePointer {
        guard layout.isFromEnvironment, let workTree = layout.workTree else {
            let folder = layout.workTree ?? layout.gitFolder
            return try made("git_repository_open") { git_repository_open(&$0, folder.cName) }
        }
        let flags =
            GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
        let pointer = try made("git_repository_open_ext") {
            git_repository_open_ext(&$0, layout.gitFolder.cName, flags, nil)
        }
        // libgit2 1.5 loses the path's memory where it is the work tree already.
        guard Self.workTree(of: pointer) != workTree else { return pointer }
        do throws(GitError) {
            try check(
                "git_repository_set_workdir",
                git_repository_set_workdir(pointer, workTree.cName, 0))
        } catch {
            git_repository_free(pointer)
            throw error
        }
        return pointer
    }

    /// Opens the repository that `folder` lies in, or gives `nil` when it lies in none.
    ///
    /// libgit2 is made ready only when there is one.
    ///
    /// - Parameters:
    ///   - folder: Where to begin; any path of an existing folder.
    ///   - environment: For `GIT_CEILING_DIRECTORIES` and the configuration.
    /// - Returns: The innermost repository.
    /// - Throws: ``GitError`` where there is one that cannot be opened; it does not look further up
    ///   then, and neither does git.
    public static func discover(
        from folder: Path, environment: Environment
    ) throws(GitError) -> Repository? {
        guard let root = workTree(around: folder, environment: environment) else { return nil }
        return try Repository(opening: root, environment: environment)
    }

    /// Opens the repository that a command started in `folder` works on, or gives `nil` without one.
    ///
    /// - Parameters:
    ///   - folder: Where the command was started.
    ///   - environment: For `GIT_DIR` and the other variables of git(1).
    /// - Returns: The repository, which may be bare.
    /// - Throws: ``GitError`` where there is one that cannot be opened.
    public static func around(
        _ folder: Path, environment: Environment
    ) throws(GitError) -> Repository? {
        let layout = try RepositoryLayout.around(folder, environment: environment)
        return try layout.map { layout throws(GitError) in
            try Repository(layout, environment: environment)
        }
    }

    /// The absolute path of the work tree without a closing slash, or `nil` when it is bare.
    public var workTree: Path? { layout.workTree }

    private static func workTree(of pointer: OpaquePointer) -> Path? {
        guard let text = git_repository_workdir(pointer) else { return nil }
        let path = Path(cString: text)
        return path.parent.appending(path.name)
    }
}
