internal import CGitShims
internal import Clibgit2

/// libgit2, made ready.
///
/// Making it ready reads the certificates of the machine, 3 to 4 ms: commands that find no repository
/// must not pay for that. Whoever calls libgit2 asks for ``ready()`` first; the first one pays.
package enum Library {
    /// What libgit2 answered; Swift asks it once, whichever threads want to know.
    ///
    /// It is never undone: the program ends first.
    private static let answer = start()

    /// Whether anyone has asked for libgit2 yet; for tests, as asking costs as much as using it.
    package static var isReady: Bool {
        // libgit2 counts how often it was made ready, this time included.
        defer { git_libgit2_shutdown() }
        return git_libgit2_init() > 1
    }

    /// Makes libgit2 ready, once.
    static func ready() throws(GitError) {
        try check("git_libgit2_init", answer)
    }

    private static func start() -> Int32 {
        let answer = git_libgit2_init()
        guard answer >= 0 else { return answer }
        // Who may be trusted and what is understood is decided before a repository is opened, by git's
        // own rules: see RepositoryOwner and RepositoryFormat.
        let owner = nbgit_disable_owner_validation()
        guard owner >= 0 else { return owner }
        return withCStrings(RepositoryFormat.knownExtensions.map { Array($0.utf8) }) { names in
            nbgit_allow_extensions(names, names.count)
        }
    }
}
