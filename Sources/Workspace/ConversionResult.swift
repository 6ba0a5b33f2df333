public import Notebook
public import Platform

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
    /// The file that was written or refused; nil for standard output, and when a failure came before it
    /// was known.
    public let output: Path?
    /// What was done with the result, or why there is none.
    public let outcome: Outcome
    /// What a person should know of a conversion that succeeded; empty after a failure.
    public var notes: [Note] = []
    /// The cells of the notebook, from 1, that keep outputs of code they do not hold any more.
    public var staleCells: [Int] = []
    /// Where the text is that was written over by force, as it may be typed; nil when nothing was, or nothing could
    /// be kept.
    public var backup: Path?
    /// How the result differs from what was there, as percent scripts; only if the conversion asks for it.
    public var difference: TextDiff?

    /// Why there is no result; nil when there is one.
    public var failure: Failure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }
}
