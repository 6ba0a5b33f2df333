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

    public var inputs: [Input]
    public var output = Output.beside
    /// The format of the inputs; nil to go by their extensions.
    public var source: FileFormat?
    /// The format of the results; nil for the other one: scripts for notebooks and notebooks for scripts.
    public var target: FileFormat?
    public var options = FormatOptions()
    /// Whether files that nbgit did not write may be replaced.
    public var isForced = false
    /// Whether a folder's scripts are taken though nothing says that they are percent scripts.
    public var takesAllScripts = false
    /// Whether nothing is to be written.
    public var isDry = false

    public init(inputs: [Input]) { self.inputs = inputs }
}

/// What became of one input.
public struct ConversionResult: Sendable {
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
    public let outcome: Outcome
    public let notes: [Note]

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
    public var column: Int?
    public var byteOffset: Int?
    public var cellNumber: Int?
    /// What to try.
    public var hint: String?

    public init(_ message: String, path: Path? = nil, hint: String? = nil) {
        self.message = message
        self.path = path
        self.hint = hint
    }

    public init(_ error: SystemError, path: Path? = nil) {
        self.init(error.reason, path: path ?? error.path)
    }

    public init(_ error: NotebookError, path: Path?) {
        self.init(error.message, path: path, hint: error.hint)
        line = error.line
        column = error.column
        byteOffset = error.byteOffset
        cellNumber = error.cellNumber
    }
}
