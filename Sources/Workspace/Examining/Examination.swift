public import Git
internal import Notebook
public import Platform

/// Looks at all that nbgit depends on, from the working folder.
///
/// Nothing is written, no server is asked, no secret is looked for, and of other programs only git's credential cache
/// is run. What is broken costs its own line, and no other one.
public struct Examination {
    let environment: Environment
    /// The working folder; nil where it is gone.
    let folder: Path?
    /// The repository around it; nil where there is none, or none that can be opened.
    let repository: Repository?
    /// What git is told; nil where that cannot be read.
    let configuration: Configuration?
    /// Why one of them is not there.
    let problems: [Remark]

    /// Opens what can be opened.
    ///
    /// - Parameter environment: For all that git listens to.
    public init(environment: Environment) {
        self.environment = environment
        var problems: [Remark] = []
        func found<Value>(_ topic: Remark.Topic, _ look: () throws(Failure) -> Value) -> Value? {
            do throws(Failure) { return try look() } catch {
                problems.append(Remark(topic, error))
                return nil
            }
        }
        let folder = found(.repository) { () throws(Failure) in
            do throws(SystemError) { return try WorkingFolder.path() } catch {
                throw Failure(
                    "the working folder is gone or closed: \(error.reason)",
                    hint: "go to another one: cd")
            }
        }
        let repository = folder.flatMap { folder in
            found(.repository) { () throws(Failure) in
                do throws(GitError) {
                    return try Repository.around(folder, environment: environment)
                } catch { throw Failure(error) }
            } ?? nil
        }
        configuration =
            repository?.configuration
            ?? found(.settings) { () throws(Failure) in
                do throws(GitError) { return try Configuration(environment: environment) } catch {
                    throw Failure(error)
                }
            }
        self.folder = folder
        self.repository = repository
        self.problems = problems
    }

    /// All there is to say, in the order of ``Remark/Topic``.
    ///
    /// - Parameters:
    ///   - version: That of nbgit.
    ///   - logins: Asks git's credential cache.
    ///   - origins: Servers that the person may have logged in to, beside those of the repository's remotes.
    ///   - variables: The variables that held secrets and were set, by name.
    ///   - terminal: What is known of the terminal.
    /// - Returns: At least one remark for most topics.
    public func remarks(
        version: String, logins: Logins?, origins: [Origin], variables: Set<String>,
        terminal: Remark
    ) -> [Remark] {
        let isUsable = repository?.workTree != nil && !isInGitFolder && refusals.isEmpty
        var remarks = problems + [program(version), libraries] + programs + home
        remarks += repositoryRemarks + identity
        if isUsable { remarks += hooks + ignoring + pairs }
        remarks += settings + remoteRemarks
        remarks += connections(variables) + servers + helpers
        remarks += loginRemarks(logins, origins, variables) + [terminal]
        let order = Remark.Topic.allCases
        return order.flatMap { topic in remarks.filter { $0.topic == topic } }
    }

    /// Whether the working folder is not among the files of the repository that it lies in.
    var isInGitFolder: Bool {
        guard let repository, let folder else { return false }
        return folder.relative(to: repository.layout.gitFolder) != nil
    }

    /// Gives a remark on what cannot be found out, in place of those that it would have given.
    func remarks(
        on topic: Remark.Topic, _ look: () throws(GitError) -> [Remark]
    ) -> [Remark] {
        do throws(GitError) { return try look() } catch { return [Remark(topic, Failure(error))] }
    }

    // MARK: nbgit itself

    private func program(_ version: String) -> Remark {
        guard let found = environment.program("nbgit") else {
            return Remark(
                .nbgit, .note,
                "\(version); no folder of PATH has it, so git's hooks may not find it",
                hint: "put it into a folder of PATH, such as ~/.local/bin")
        }
        guard (try? File.isSame(found, "/proc/self/exe")) ?? true else {
            return Remark(
                .nbgit, .note, "\(version); PATH leads to another one, \(found.displayName)",
                hint: "see whether it is the one you mean: \(found.shellWord) --version")
        }
        return Remark(.nbgit, "\(version), \(found.displayName)")
    }

    /// The libraries that this program is linked with.
    public static var libraries: [LibraryVersion] {
        LibraryVersion.ofGit + [
            LibraryVersion("libyaml", YAMLLibrary.version),
            LibraryVersion("toml++", TOMLValue.libraryVersion),
        ]
    }

    private var libraries: Remark {
        let names = Self.libraries.map { "\($0.name) \($0.version)" }
        return Remark(.libraries, names.joined(separator: ", "))
    }

    private var programs: [Remark] {
        guard let git = environment.program("git") else {
            return [
                Remark(
                    .programs, .note,
                    "git is not installed: no credential helper is asked, and no login is kept",
                    hint: "install git, or hand tokens over with NBGIT_TOKEN or '--token-stdin'")
            ]
        }
        return [Remark(.programs, git.displayName)]
    }

    private var home: [Remark] {
        guard environment.path("HOME").map(\.bytes.isEmpty) ?? true else { return [] }
        return [
            Remark(
                .home, .todo, "HOME is not set, so your own settings of git are not found",
                hint: "set it: export HOME=<your folder>")
        ]
    }
}
