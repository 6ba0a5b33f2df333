internal import Clibgit2
public import Platform

/// What ``Repository/initialize(_:branch:environment:)`` did.
public struct Initialization {
    /// The repository.
    public let repository: Repository
    /// Whether it was there already; then nothing of it was changed.
    public let existed: Bool
}

extension Repository {
    /// Makes a repository of a folder, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - folder: The root of the work tree.
    ///   - branch: The name of the first branch; nil for `init.defaultBranch`, or `main`.
    ///   - gitFolder: An empty folder for what `.git` has otherwise, which is then a file that leads there.
    ///   - environment: For the configuration.
    /// - Returns: The repository, new or not.
    /// - Throws: ``GitError``, where the branch's name is none too.
    ///
    /// Follows git-init(1), but that the first branch is `main` where nothing else is configured.
    public static func initialize(
        _ folder: Path, branch: Path?, gitFolder: Path? = nil, environment: Environment
    ) throws(GitError) -> Initialization {
        try Library.ready()
        let configuration = try Configuration(environment: environment)
        let configured = try configuration.string("init.defaultBranch").map { Path($0) }
        let name = branch ?? configured ?? "main"
        try requireBranchName(name)
        let layout = try? RepositoryLayout(root: folder, environment: environment)
        if let layout, layout.workTree != nil {
            let repository = try Repository(layout, environment: environment)
            return Initialization(repository: repository, existed: true)
        }
        try system { () throws(SystemError) in try Folder.create(folder) }
        var options = git_repository_init_options()
        try check(
            "git_repository_init_options_init",
            git_repository_init_options_init(
                &options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
        options.flags =
            GIT_REPOSITORY_INIT_MKPATH.rawValue
            | GIT_REPOSITORY_INIT_EXTERNAL_TEMPLATE.rawValue
        if gitFolder != nil {
            options.flags |=
                GIT_REPOSITORY_INIT_NO_DOTGIT_DIR.rawValue
                | GIT_REPOSITORY_INIT_RELATIVE_GITLINK.rawValue
        }
        // libgit2 would look for the setting in fewer places than git.
        let configuredTemplate = try configuration.path("init.templateDir")
        let template = environment.path("GIT_TEMPLATE_DIR") ?? configuredTemplate
        let made = try withCStrings(
            [name.bytes, (template ?? "").bytes, folder.bytes]
        ) { texts throws(GitError) in
            options.initial_head = texts[0]
            options.template_path = template == nil ? nil : texts[1]
            options.workdir_path = gitFolder == nil ? nil : texts[2]
            return try Git.made("git_repository_init_ext") {
                git_repository_init_ext(&$0, (gitFolder ?? folder).cName, &options)
            }
        }
        git_repository_free(made)
        let repository = try Repository(opening: folder, environment: environment)
        return Initialization(repository: repository, existed: false)
    }

    /// Refuses what cannot be the name of a branch.
    ///
    /// Follows git-check-ref-format(1), `--branch`.
    static func requireBranchName(_ name: Path) throws(GitError) {
        var isValid: Int32 = 0
        try check("git_branch_name_is_valid", git_branch_name_is_valid(&isValid, name.cName))
        guard isValid == 0 else { return }
        throw GitError(
            "'\(name.displayName)' cannot be the name of a branch",
            hint: "use letters, digits, '-', '_' and '/'")
    }
}
