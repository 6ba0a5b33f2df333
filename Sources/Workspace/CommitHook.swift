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
        case foreign(Author, callsNbgit: Bool)
        /// A file that nobody may run, so that git leaves it out.
        case notExecutable(isOurs: Bool)

        /// Whether git has nbgit look at what is committed.
        public var callsNbgit: Bool {
            switch self {
            case .installed, .foreign(_, callsNbgit: true): true
            case .absent, .foreign, .notExecutable: false
            }
        }
    }

    /// Who wrote a hook that is not nbgit's, and so what is to be edited.
    public enum Author: Hashable, Sendable {
        /// The pre-commit framework, or prek: it reads `.pre-commit-config.yaml`.
        case framework
        /// Husky, which runs this file.
        case husky(Path)
        /// Somebody.
        case other
    }

    /// Which repositories the hook is for.
    enum Reach {
        /// One.
        case repository
        /// Those that are made or cloned from now on.
        case newRepositories
        /// All of a person, by a `core.hooksPath` of theirs.
        case everyRepository
    }

    /// The file, as it may be typed.
    public let file: Path
    /// What stands there.
    public let state: State
    let place: Path
    let reach: Reach
    /// Whether the file can get into commits, and so to other machines.
    let isShared: Bool

    /// The hook of the repository around the working folder.
    ///
    /// - Parameter environment: For the variables that git listens to.
    /// - Throws: ``Failure`` where there is none.
    public init(environment: Environment) throws(Failure) {
        let checkout = try Checkout(environment: environment)
        let layout = checkout.repository.layout
        do throws(GitError) {
            let named = try checkout.repository.file(of: .preCommit)
            let place = named.normalized ?? named
            self.place = place
            let setting = try checkout.repository.configuration.entry("core.hooksPath")
            let isPersonal = setting.map { $0.level <= .global } ?? false
            let isBelow = place.relative(to: checkout.workTree) != nil
            reach = isPersonal && !isBelow ? .everyRepository : .repository
            isShared =
                isBelow
                && [layout.gitFolder, layout.commonFolder].allSatisfy {
                    place.relative(to: $0) == nil
                }
        } catch { throw Failure(error) }
        file = place.relative(to: checkout.workTree).map(checkout.shown) ?? place
        state = try Self.state(of: place, workTree: checkout.workTree)
    }

    /// The hook that every repository gets that the person makes or clones from now on, or all have where the
    /// person's settings lead them to one folder of hooks.
    ///
    /// - Parameter environment: For where a person keeps settings.
    /// - Throws: ``Failure`` without a home folder.
    public init(forNewRepositoriesOf environment: Environment) throws(Failure) {
        do throws(GitError) {
            let configuration = try Configuration(environment: environment)
            if let folder = try configuration.path("core.hooksPath"), folder.isAbsolute {
                place = folder.appending("pre-commit")
                reach = .everyRepository
            } else {
                let template = try configuration.path("init.templateDir")
                let own = try Self.ownTemplate(environment)
                place = (template ?? own).appending("hooks/pre-commit")
                reach = .newRepositories
            }
        } catch { throw Failure(error) }
        isShared = false
        file = place
        state = try Self.state(of: place, workTree: nil)
    }

    /// The template of repositories that nbgit makes where the person has none.
    static func ownTemplate(_ environment: Environment) throws(GitError) -> Path {
        let own = environment.path("XDG_CONFIG_HOME").flatMap { $0.isAbsolute ? $0 : nil }
        guard let base = own ?? environment.path("HOME")?.appending(".config") else {
            throw GitError("HOME is not set, so there is no place for a hook of yours")
        }
        return base.appending("nbgit/template")
    }

    // MARK: What stands there

    private static func state(of place: Path, workTree: Path?) throws(Failure) -> State {
        let bytes: [UInt8]
        do throws(SystemError) {
            guard try File.status(of: place) != nil else { return .absent }
            bytes = try File.read(place)
        } catch { throw Failure(error, about: .path(place)) }
        let isOurs = bytes.starts(with: start.utf8)
        guard File.isExecutable(place) else { return .notExecutable(isOurs: isOurs) }
        if isOurs { return .installed }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("File generated by pre-commit") || text.contains("File generated by prek")
        {
            return .foreign(
                .framework, callsNbgit: calls(workTree?.appending(".pre-commit-config.yaml")))
        }
        let folder = place.parent
        if folder.name == "_", folder.parent.name == ".husky" {
            let hook = folder.parent.appending(place.name)
            let shown = workTree.flatMap { hook.relative(to: $0) } ?? hook
            return .foreign(.husky(shown), callsNbgit: calls(hook))
        }
        return .foreign(.other, callsNbgit: calls(text))
    }

    private static func calls(_ file: Path?) -> Bool {
        guard let file, let bytes = try? File.read(file) else { return false }
        return calls(String(decoding: bytes, as: UTF8.self))
    }

    /// Whether a line that is no comment speaks of nbgit.
    private static func calls(_ text: String) -> Bool {
        text.split(separator: "\n").contains { line in
            line.first { $0 != " " && $0 != "\t" } != "#" && line.contains("nbgit")
        }
    }

    static let start = """
        #!/bin/sh
        # Written by 'nbgit hooks install'; 'nbgit hooks uninstall' takes it away.

        """
}
