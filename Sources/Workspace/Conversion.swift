public import Notebook
public import Platform

/// What is to be converted, into what, and where to.
public struct Conversion: Sendable {
    /// Where the text to convert comes from.
    public enum Input: Sendable, Hashable {
        case standardInput
        case path(Path)
    }

    /// Where the results go.
    public enum Output: Sendable, Hashable {
        /// Beside each input, with the extension of its new format.
        case beside
        case standardOutput
        /// To this file, or for a folder or many inputs into this folder, mirrored.
        case path(Path)
    }

    /// Files, folders to search for files, and standard input; converted in this order.
    public var inputs: [Input]
    /// The place of the results; standard output takes only one.
    public var output = Output.beside
    /// The format of the inputs; nil to go by their extensions.
    public var source: FileFormat?
    /// The format of the results; nil for the other one: scripts for notebooks and notebooks for scripts.
    public var target: FileFormat?
    /// Choices that go before those in the files' own metadata.
    public var options = FormatOptions()
    /// Whether files that nbgit did not write may be replaced.
    public var isForced = false
    /// Whether a folder's scripts are taken though nothing says that they are percent scripts.
    public var takesAllScripts = false
    /// Whether nothing is to be written.
    public var isDry = false
    /// Whether results say how they differ from what is there.
    public var showsDifference = false
    /// Whether nothing is written that would not come back.
    public var verifies = false
    /// Whether an existing notebook is brought up to date; if not, it is replaced.
    public var updates = true
    /// What happens to outputs that were made by other code than their cell holds now.
    public var staleOutputs = NotebookUpdate.StaleOutputs.kept

    /// Takes the default for every choice: the other format, beside the input, nothing forced.
    public init(inputs: [Input]) { self.inputs = inputs }
}

/// What became of one input.
public struct ConversionResult: Sendable {
    /// What was done; when ``Conversion/isDry``, what would have been done.
    public enum Outcome: Sendable, Equatable {
        /// The result was not there before, or would not have been.
        case created
        /// The result has other bytes than before, or would have.
        case replaced
        /// The result was there already, byte for byte.
        case unchanged
        /// The bytes go to standard output.
        case produced([UInt8])
        case failed(Failure)
    }

    /// The file that was read; nil for standard input.
    public let input: Path?
    /// The file that was written; nil for standard output, and when it is not known because of a failure.
    public let output: Path?
    /// What was done with the result, or why there is none.
    public let outcome: Outcome
    /// What a person should know of a conversion that succeeded; empty after a failure.
    public var notes: [Note] = []
    /// The cells of the notebook, from 1, that keep outputs of code they do not hold any more.
    public var staleCells: [Int] = []
    /// How the result differs from what was there, as percent scripts; only if the conversion asks for it.
    public var difference: TextDiff?

    /// Why there is no result; nil when there is one.
    public var failure: Failure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }
}

/// Something that could not be done, and why: what a person reads behind `nbgit: error:`.
public struct Failure: Error, Sendable, Equatable {
    /// What is wrong, lower case and without a period.
    public var message: String
    /// The file it is about.
    public var path: Path?
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

    /// Says what nbgit itself found wrong.
    public init(_ message: String, path: Path? = nil, hint: String? = nil) {
        self.message = message
        self.path = path
        self.hint = hint
    }

    /// Says what the system refused; `path` stands in for the one of the failing call.
    public init(_ error: SystemError, path: Path? = nil) {
        self.init(error.reason, path: path ?? error.path)
    }

    /// Says what is wrong inside the file at `path`, nil for standard input, and where.
    public init(_ error: NotebookError, path: Path?) {
        self.init(error.message, path: path, hint: error.hint)
        line = error.line
        column = error.column
        byteOffset = error.byteOffset
        cellNumber = error.cellNumber
    }
}
