public import Git
public import Notebook
public import Platform

/// Something that could not be done, and why: what a person reads behind `nbgit: error:`.
public struct Failure: Error, Sendable, Equatable {
    /// What something is wrong with.
    public enum Subject: Sendable, Equatable {
        case path(Path)
        case standardInput
        case standardOutput
        /// What has a name of its own: an option such as `--git-config`, a secret such as `env:TOKEN`.
        case named(String)
    }

    /// A name that there is not, and those that there are.
    public struct UnknownName: Sendable, Equatable {
        /// What somebody wrote.
        public let name: String
        /// What could have been meant.
        public let known: [String]
    }

    /// What is wrong, lower case and without a period.
    public var message: String
    /// What it is about; nil when the message says it all.
    public var subject: Subject?
    /// The place in it, from 1.
    public var line: Int?
    /// Where in that line, from 1, in Unicode scalars; nil when the whole line is meant.
    public var column: Int?
    /// Bytes before the place, where the file is JSON or not UTF-8.
    public var byteOffset: Int?
    /// The notebook's cell, from 1, where its JSON is well formed but its content is not.
    public var cellNumber: Int?
    /// What to try.
    public var hint: String?
    /// The name that is wrong; whoever shows the failure suggests the nearest that there is.
    public var unknownName: UnknownName?
    /// Whether nothing is wrong but that the person asked to stop.
    public private(set) var isInterruption = false
    /// Whether nothing is wrong but that other programs look after a file.
    public internal(set) var isForOthers = false
    /// Whether a server did not learn who the person is, or did not like it.
    public private(set) var isNotAuthenticated = false

    /// Says what nbgit itself found wrong.
    public init(_ message: String, about subject: Subject? = nil, hint: String? = nil) {
        self.message = message
        self.subject = subject
        self.hint = hint
    }

    /// Says what nbgit itself found wrong with the file or folder at `path`.
    public init(_ message: String, path: Path, hint: String? = nil) {
        self.init(message, about: .path(path), hint: hint)
    }

    /// Says what the system refused; `subject` stands in for the path of the failing call.
    public init(_ error: SystemError, about subject: Subject? = nil) {
        self.init(error.reason, about: subject ?? error.path.map { .path($0) })
        isInterruption = error.isInterruption
        if error.isOvertaken { hint = "that is kept; run the same line again" }
    }

    /// Says what git's rules, libgit2 or the system refused.
    public init(_ error: GitError) {
        self.init(error.description, about: error.path.map { .path($0) }, hint: error.hint)
        isInterruption = error.system?.isInterruption ?? false
        isNotAuthenticated = error.isNotAuthenticated
    }

    /// Says what is wrong inside a file, and where.
    public init(_ error: NotebookError, about subject: Subject) {
        self.init(error.message, about: subject, hint: error.hint)
        line = error.line
        column = error.column
        byteOffset = error.byteOffset
        cellNumber = error.cellNumber
    }

    /// The file or folder it is about; nil for a stream and when there is none.
    public var path: Path? {
        if case .path(let path)? = subject { path } else { nil }
    }
}
