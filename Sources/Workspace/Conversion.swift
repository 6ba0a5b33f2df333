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
        /// To this file; into this folder, mirrored and made where it is missing, for a folder or many inputs.
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
