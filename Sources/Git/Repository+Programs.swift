public import Platform

extension Repository {
    /// The variables that programs see which this repository runs: filters, hooks, signers.
    ///
    /// `GIT_PREFIX` says where the command was started; `GIT_DIR` where the repository is, unless it is `.git` in
    /// the root of the work tree, where the programs are started.
    ///
    /// Follows setup_git_directory_gently in setup.c, as observed with git 2.39.
    public var programEnvironment: Environment {
        var prefix = commandFolder.bytes
        prefix = commandFolder == "." ? [] : prefix + [UInt8(ascii: "/")]
        let environment = environment.setting("GIT_PREFIX", to: prefix)
        guard !isGitFolderPlain, environment.path("GIT_DIR") == nil else { return environment }
        return environment.setting("GIT_DIR", to: layout.gitFolder.bytes)
    }

    /// A path in the git folder as git names it to programs: from the work tree where that is short.
    func named(_ path: Path) -> Path {
        guard isGitFolderPlain, let workTree = layout.workTree else { return path }
        return path.relative(to: workTree) ?? path
    }

    /// Whether the git folder is `.git` in the root of the work tree.
    private var isGitFolderPlain: Bool {
        layout.workTree?.appending(".git") == layout.gitFolder
    }
}

extension Subprocess.Status {
    /// Such as `ended with exit status 3`.
    var sentence: String {
        switch self {
        case .exited(let number): "ended with exit status \(number)"
        case .killed(let signal): "was ended by signal \(signal)"
        }
    }
}
