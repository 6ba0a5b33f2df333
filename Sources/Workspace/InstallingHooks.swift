internal import Git
public import Platform

/// The hook that keeps what is committed of notebooks and scripts in step: `pre-commit`.
public struct CommitHook {
    /// What stands in the place of the hook.
    public enum State: Hashable, Sendable {
        /// Nothing.
        case absent
        /// nbgit's own.
        case installed
        /// Somebody else's, which may call nbgit too.
        case foreign(callsNbgit: Bool)
    }

    /// The file, as it may be typed.
    public let file: Path
    /// What stands there.
    public let state: State
    private let place: Path

    /// The hook of the repository around the working folder.
    ///
    /// - Parameter environment: For the variables that git listens to.
    /// - Throws: ``Failure`` where there is none.
    public init(environment: Environment) throws(Failure) {
        let checkout = try Checkout(environment: environment)
        do throws(GitError) {
            place = try checkout.repository.file(of: .preCommit)
        } catch { throw Failure(error) }
        file = place.relative(to: checkout.workTree).map(checkout.shown) ?? place
        state = try Self.state(of: place)
    }

    /// The hook that every repository gets that the person makes or clones from now on.
    ///
    /// - Parameter environment: For where a person keeps settings.
    /// - Throws: ``Failure`` without a home folder.
    public init(forNewRepositoriesOf environment: Environment) throws(Failure) {
        do throws(GitError) {
            let configuration = try Configuration(environment: environment)
            var template = try configuration.path("init.templateDir")
            if template == nil {
                let own = environment.path("XDG_CONFIG_HOME").flatMap { $0.isAbsolute ? $0 : nil }
                guard let base = own ?? environment.path("HOME")?.appending(".config") else {
                    throw GitError("HOME is not set, so there is no place for a hook of yours")
                }
                template = base.appending("nbgit/template")
            }
            place = (template ?? ".").appending("hooks/pre-commit")
        } catch { throw Failure(error) }
        file = place
        state = try Self.state(of: place)
    }

    private static func state(of place: Path) throws(Failure) -> State {
        do throws(SystemError) {
            guard try File.status(of: place) != nil else { return .absent }
            let text = String(decoding: try File.read(place), as: UTF8.self)
            if text.utf8.starts(with: start.utf8) { return .installed }
            return .foreign(callsNbgit: text.contains("nbgit"))
        } catch { throw Failure(error, about: .path(place)) }
    }

    // MARK: The script

    private static let start = """
        #!/bin/sh
        # Written by 'nbgit hooks install'; 'nbgit hooks uninstall' takes it away.

        """

    /// Programs with windows often start git without the person's own PATH.
    private static func script(program: Path) -> [UInt8] {
        let quoted = program.bytes.split(
            separator: UInt8(ascii: "'"), omittingEmptySubsequences: false
        ).joined(separator: Array(#"'\''"#.utf8))
        return Array(start.utf8) + Array("program=$(command -v nbgit) || program='".utf8)
            + Array(quoted) + Array("'\nexec \"$program\" pre-commit\n".utf8)
    }

    /// Puts the hook into its place.
    ///
    /// - Throws: ``Failure`` where somebody else's hook stands there, with what to write into it.
    public func install() throws(Failure) {
        if case .foreign(let callsNbgit) = state {
            throw Failure(
                callsNbgit
                    ? "there is a hook that calls nbgit already"
                    : "there is a hook already, which nbgit did not write", path: file,
                hint: callsNbgit ? nil : "add this line to it: nbgit pre-commit || exit 1")
        }
        do throws(SystemError) {
            let program = try File.linkTarget(of: "/proc/self/exe") ?? "nbgit"
            try Folder.create(place.parent)
            try File.replace(place, with: Self.script(program: program), permissions: 0o777)
        } catch { throw Failure(error) }
    }

    /// Makes git copy the hook into new repositories; nothing where it does already.
    ///
    /// - Parameter environment: For where a person keeps settings.
    /// - Returns: The settings file, if it was changed.
    /// - Throws: ``Failure`` where it cannot be written.
    public func useForNewRepositories(environment: Environment) throws(Failure) -> Path? {
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

    /// Takes nbgit's hook away.
    ///
    /// - Throws: ``Failure`` where there is none, or somebody else's.
    public func uninstall() throws(Failure) {
        guard state == .installed else {
            throw Failure(
                state == .absent ? "there is no hook" : "nbgit did not write this hook",
                path: file)
        }
        do throws(SystemError) { try File.remove(place) } catch { throw Failure(error) }
    }
}
