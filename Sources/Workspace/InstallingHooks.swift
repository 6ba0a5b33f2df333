internal import Git
public import Platform

extension CommitHook {
    /// The line that a hook of somebody else needs.
    public static let line = "nbgit pre-commit || exit 1"

    /// Puts the hook into its place.
    ///
    /// - Parameter isGlobal: Whether the person asked for more than the repository they are in.
    /// - Returns: Whether it was not there already.
    /// - Throws: ``Failure`` where somebody else's hook stands there, with what to write into it, and where the
    ///   hook would be for all repositories and nobody asked for that.
    public func install(isGlobal: Bool) throws(Failure) -> Bool {
        switch state {
        case .foreign(_, callsNbgit: true): return false
        case .foreign(let author, _):
            throw Failure(
                "there is a hook already, which nbgit did not write", path: file,
                hint: author.advice)
        case .notExecutable(isOurs: false):
            throw Failure(
                "there is a file already, which nbgit did not write and git does not run",
                path: file,
                hint: "remove it, or make it a hook: chmod +x \(file.shellWord)")
        case .absent, .installed, .notExecutable(isOurs: true): break
        }
        guard reach != .everyRepository || isGlobal || state == .installed else {
            throw Failure(
                "'core.hooksPath' of your own settings leads there, so this hook is for all your "
                    + "repositories", path: file,
                hint: "if that is meant: nbgit hooks install --global")
        }
        do throws(SystemError) {
            // The bits of a file that is there would stay.
            if state == .notExecutable(isOurs: true) { try File.remove(place) }
            try Folder.create(place.parent)
            let script = try script()
            return try File.replace(place, with: script, permissions: 0o777) != .unchanged
        } catch { throw Failure(error) }
    }

    private func script() throws(SystemError) -> [UInt8] {
        // Programs with windows often start git without the person's own PATH.
        let program = isShared ? nil : try File.linkTarget(of: "/proc/self/exe")
        let otherwise = program.map { Array($0.shellWord.utf8) } ?? Array("nbgit".utf8)
        return Array((Self.start + "program=$(command -v nbgit) || program=").utf8) + otherwise
            + Array(
                """

                command -v "$program" >/dev/null || {
                    echo "nbgit is not installed here; get it, or commit with --no-verify" >&2
                    exit 1
                }
                exec "$program" pre-commit

                """.utf8)
    }

    /// Takes nbgit's hook away.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``Failure`` where somebody else's stands there.
    public func uninstall() throws(Failure) -> Bool {
        switch state {
        case .absent: return false
        case .installed, .notExecutable(isOurs: true): break
        case .foreign, .notExecutable(isOurs: false):
            throw Failure("nbgit did not write this hook", path: file)
        }
        do throws(SystemError) { try File.remove(place) } catch { throw Failure(error) }
        return true
    }

    /// Makes git copy the hook into new repositories; nothing where it does already.
    ///
    /// - Parameter environment: For where a person keeps settings.
    /// - Returns: The settings file, if it was changed.
    /// - Throws: ``Failure`` where it cannot be written.
    public func useForNewRepositories(environment: Environment) throws(Failure) -> Path? {
        guard reach == .newRepositories else { return nil }
        do throws(GitError) {
            let configuration = try Configuration(environment: environment)
            guard try configuration.path("init.templateDir") == nil else { return nil }
            let template = place.parent.parent
            guard let name = template.string else {
                throw GitError("not UTF-8, so git's settings cannot name it", path: template)
            }
            return try configuration.setPersonal([(name: "init.templateDir", value: name)])
        } catch { throw Failure(error) }
    }

    /// Takes the setting back that ``useForNewRepositories(environment:)`` made.
    ///
    /// - Parameter environment: For where a person keeps settings.
    /// - Returns: The settings file, if it was changed.
    /// - Throws: ``Failure`` where it cannot be written.
    public func leaveNewRepositories(environment: Environment) throws(Failure) -> Path? {
        guard reach == .newRepositories else { return nil }
        do throws(GitError) {
            let configuration = try Configuration(environment: environment)
            let own = try Self.ownTemplate(environment)
            guard try configuration.path("init.templateDir") == own else { return nil }
            return try configuration.unsetPersonal("init.templateDir")
        } catch { throw Failure(error) }
    }
}

extension CommitHook.Author {
    /// What to do so that this hook calls nbgit.
    public var advice: String {
        switch self {
        case .framework:
            "it runs what .pre-commit-config.yaml says: name the hook 'nbgit-convert' there"
        case .husky(let hook):
            "it belongs to husky: add this line to \(hook.displayName): \(CommitHook.line)"
        case .other: "add this line to it: \(CommitHook.line)"
        }
    }
}
