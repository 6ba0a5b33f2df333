/// Brings a notebook up to date from its script, and leaves every byte that the script did not change.
///
/// The notebook is written as a script in memory, and that script is compared with the given one, cell by
/// cell. A cell that looks the same keeps its bytes. Of an edited cell only the lines and the metadata that
/// changed are replaced. Outputs, ids, attachments and all that a script does not show stay with their cell.
public struct NotebookUpdate {
    /// The bytes of the notebook after the update; the same bytes when nothing changed.
    public let bytes: [UInt8]
    /// The cells of the result, from 1, whose outputs were made by other code than they hold now.
    public let staleCells: [Int]
    /// The notebook as a script before the update; empty when there was none.
    public let scriptBefore: [UInt8]
    /// The script of the update, to be compared with ``scriptBefore``.
    public let scriptAfter: [UInt8]
    private let language: Language
    private let options: FormatOptions
    private let after: PercentReader

    /// How the outputs of a cell whose code changed are treated.
    public enum StaleOutputs: Sendable {
        /// They stay, and the cell is among ``NotebookUpdate/staleCells``.
        case kept
        /// They are taken out, and so is the execution count.
        case cleared
    }

    /// What went wrong, and with which of the two files.
    public enum Failure: Error {
        /// The script cannot be read.
        case script(NotebookError)
        /// The notebook cannot be read or not be updated.
        case notebook(NotebookError)
    }

    /// Makes the next version of `original`, or a new notebook.
    ///
    /// - Parameters:
    ///   - original: The notebook as it is; nil for none.
    ///   - script: The edited script.
    ///   - language: The language of the script's extension.
    ///   - options: Choices that go before those in the script's header.
    ///   - isDeclared: Whether somebody said that this is a percent script.
    ///   - staleOutputs: Whether outputs stay with code that did not make them.
    /// - Throws: ``Failure``.
    public init(
        of original: [UInt8]?, from script: [UInt8], language: Language,
        options: FormatOptions = FormatOptions(), isDeclared: Bool = false,
        staleOutputs: StaleOutputs = .kept
    ) throws(Failure) {
        scriptAfter = script
        self.language = language
        self.options = options
        do throws(NotebookError) {
            after = try PercentReader(
                script, language: language, options: options, isDeclared: isDeclared)
        } catch { throw .script(error) }
        guard let original else {
            bytes = NotebookWriter.bytes(of: after.notebook())
            staleCells = []
            scriptBefore = []
            return
        }
        do throws(NotebookError) {
            let reader = try NotebookReader(original)
            guard reader.version.major == 4 else {
                throw NotebookError(
                    "nbformat \(reader.version.major) cannot be updated in place",
                    hint: "save it in Jupyter as nbformat 4, or give '--no-update' to replace it")
            }
            let notebook = reader.notebook
            scriptBefore = Self.script(
                of: notebook, language: language, like: after, options: options)
            let before = try PercentReader(
                scriptBefore, language: language, options: options, isDeclared: true)
            var edit = NotebookEdit(
                text: try JSONText(editing: original), original: notebook,
                version: reader.version, language: language,
                old: before.writtenCells(), new: after.writtenCells(),
                clearsStale: staleOutputs == .cleared, deletesMetadata: after.header.hasBlock)
            edit.editMetadata(from: before.header, to: after.header, options: options)
            bytes = edit.result()
            staleCells = edit.staleCells
        } catch { throw .notebook(error) }
    }

    /// What of the script would not come back from the new notebook, with the number of its cell.
    public var loss: NotebookError? {
        let reader: NotebookReader
        do throws(NotebookError) { reader = try NotebookReader(bytes) } catch { return error }
        let again = Self.script(
            of: reader.notebook, language: language, like: after, options: options)
        return RoundTrip.loss(of: after.notebook(), in: again, language: language, options: options)
    }

    /// A notebook as a script that is written by the rules of the header of `script`.
    private static func script(
        of notebook: Notebook, language: Language, like script: PercentReader,
        options: FormatOptions
    ) -> [UInt8] {
        var notebook = notebook
        if let metadata = script.header.metadata {
            notebook.metadata["jupytext"] = metadata["jupytext"] ?? notebook.metadata["jupytext"]
            // One text is another in another language: both are read in that of the script.
            var section = notebook.metadata["jupytext"]?.object ?? [:]
            if section["main_language"]?.string == nil,
                let named = metadata["kernelspec"]?.object?["language"]
            {
                section["main_language"] = named
                notebook.metadata["jupytext"] = .object(section)
            }
        }
        return PercentWriter.script(of: notebook, language: language, options: options).bytes
    }
}

extension JSONText {
    /// A notebook to be edited, indexed down to the members of its cells' metadata.
    init(editing bytes: [UInt8]) throws(NotebookError) {
        do throws(JSONError) { try self.init(bytes, indexedDepth: 4) } catch {
            throw NotebookError(error)
        }
    }
}
