public import Notebook
public import Platform

/// What became of one pair.
public struct SyncResult: Sendable {
    /// What was done; when nothing may be written, what would have been done.
    public enum Outcome: Sendable, Equatable {
        /// Both said the same.
        case unchanged
        /// There was only the other face, and this one was made.
        case created(PairUpdate.Face)
        /// This face was brought up to date from the other.
        case updated(PairUpdate.Face)
        /// Both were changed, and have all of it now.
        case merged
        /// Nobody knows which face was changed; nothing was.
        case doubted
        /// Both changed the same; nothing was written.
        case conflicting
        /// This face is gone since both agreed; nothing was written.
        case missing(PairUpdate.Face)
        /// The face that is there is called otherwise than when both agreed; nothing was written.
        case renamed(PairUpdate.Face, from: Path)
        /// The file where the script would be is no percent script and so not the notebook's; nothing was written.
        case unrelated
        /// The script names a notebook whose script is another one; nothing was written.
        case disowned(by: Path)
        /// The notebook says something else than a script that git has written, and git tracks it, too; nothing
        /// was written.
        case differing
        /// Other programs keep it in step, by formats that nbgit does not write; the failure says which.
        indirect case leftToOthers(Failure)
        /// It could not be done.
        indirect case failed(Failure)
    }

    /// The notebook, as it may be typed in the working folder.
    public let notebook: Path
    /// The script, in the same way.
    public let script: Path
    /// What happened.
    public let outcome: Outcome
    /// The cells, from 1, where both faces say something else.
    public var conflictingCells: [Int] = []
    /// Whether both say something else of the notebook as a whole, too.
    public var hasConflictingHeaders = false
    /// The cells of the notebook, from 1, that keep outputs of code they do not hold any more.
    public var staleCells: [Int] = []
    /// Where the text is that the preferred face went over; nil when nothing did.
    public var backup: Path?
    /// How a pair looked that is in step; nil where it must be read again next time.
    var stamp: PairStamp?

    init(notebook: Path, script: Path, outcome: Outcome) {
        self.notebook = notebook
        self.script = script
        self.outcome = outcome
    }

    /// Says why nothing could be done for the file at `path`.
    public init(of path: Path, failed failure: Failure) {
        self.init(
            notebook: path, script: path,
            outcome: failure.isForOthers ? .leftToOthers(failure) : .failed(failure))
    }

    /// Whether the faces are in step now, or would be.
    public var isInStep: Bool {
        switch outcome {
        case .unchanged, .created, .updated, .merged: true
        case .doubted, .conflicting, .missing, .renamed, .unrelated, .disowned, .differing,
            .leftToOthers, .failed:
            false
        }
    }

    /// Why nothing could be done; nil where something was, or a person has to decide.
    public var failure: Failure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }

    /// Whether the pair is none of nbgit's.
    public var isLeftToOthers: Bool {
        if case .leftToOthers = outcome { true } else { false }
    }

    /// Whether something was written, or would have been.
    public var isChange: Bool { isInStep && outcome != .unchanged }
}
