public import Platform

/// What came of a hook.
public enum HookOutcome: Hashable, Sendable {
    /// There is none.
    case absent
    /// There is a file, which the person may not run; git leaves such a hook out.
    case notExecutable(Path)
    /// It ran.
    case finished(Subprocess.Status)
}

extension Repository {
    /// Runs a hook if there is one, to its end, in the root of the work tree.
    ///
    /// What it says goes to standard error. A script without an interpreter line goes to the shell.
    ///
    /// - Parameters:
    ///   - hook: Which.
    ///   - arguments: What it is told.
    ///   - input: What it is given on standard input; `nil` for nothing.
    ///   - variables: What it sees beside ``programEnvironment``.
    /// - Returns: Whether it ran, and how it ended; what that means is for the caller.
    /// - Throws: ``GitError`` where it could not be started, and where the person asked to stop.
    ///
    /// Follows githooks(5), and hook.c and run-command.c of git.
    public func run(
        _ hook: Hook, _ arguments: [[UInt8]] = [], input: [UInt8]? = nil,
        variables: [String: [UInt8]] = [:]
    ) throws(GitError) -> HookOutcome {
        let folder = layout.workTree ?? layout.gitFolder
        let file = try hooksFolder().appending(Path(hook.rawValue))
        let place = folder.appending(file)
        guard (try? File.status(of: place)) != nil else { return .absent }
        guard File.isExecutable(place) else {
            let isTold = try configuration.bool("advice.ignoredHook") ?? true
            return isTold ? .notExecutable(file) : .absent
        }
        let environment = variables.reduce(programEnvironment) { $0.setting($1.key, to: $1.value) }
        // A bare name would be looked for in PATH.
        let program =
            file.bytes.contains(.slash) ? file : Path(bytes: Array("./".utf8) + file.bytes)
        var subprocess = Subprocess(program, arguments, environment: environment)
        subprocess.folder = folder
        subprocess.input = input.map { .bytes($0) } ?? .empty
        subprocess.output = .toStandardError
        do throws(SystemError) {
            return .finished(try subprocess.run().status)
        } catch {
            guard !error.isInterruption else { throw GitError(error) }
            throw GitError(
                "hook '\(hook.rawValue)' cannot be run: \(error.reason)", path: file,
                hint: "look at its first line: it names the program that runs it")
        }
    }

    /// Whether there is such a hook, be it executable or not.
    func hasHook(_ hook: Hook) throws(GitError) -> Bool {
        let file = try file(of: hook)
        return (try? File.status(of: file)) != nil
    }

    /// Where a hook stands, or would: an absolute path.
    ///
    /// - Throws: ``GitError`` where the settings cannot be read.
    public func file(of hook: Hook) throws(GitError) -> Path {
        (layout.workTree ?? layout.gitFolder).appending(try hooksFolder())
            .appending(Path(hook.rawValue))
    }

    /// Where hooks are: seen from the root of the work tree, where it is below that.
    private func hooksFolder() throws(GitError) -> Path {
        if let folder = try configuration.path("core.hooksPath") { return folder }
        return named(layout.commonFolder.appending("hooks"))
    }
}
