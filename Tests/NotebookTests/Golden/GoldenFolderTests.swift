import Foundation
@testable import Notebook
import Support
import Testing

/// The folders of `Fixtures/notebooks`: a notebook and its script beside each other.
@Suite struct GoldenFolderTests {
    private static let folders = Fixtures.all(below: "notebooks", with: "notebook.ipynb")

    /// The scripts beside the notebook, with the language of each.
    private func scripts(in folder: Fixture) throws -> [(language: Language, bytes: [UInt8])] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url("").path).sorted()
            .filter { $0.hasPrefix("notebook.") && $0 != "notebook.ipynb" }
            .map { name in
                let fileExtension = "." + name.dropFirst("notebook.".count)
                let language = try #require(
                    Languages.language(withExtension: fileExtension), "\(name)")
                return (language, try folder.bytes(name))
            }
    }

    @Test(arguments: folders)
    func `the notebook gives the script beside it`(folder: Fixture) throws {
        let notebook = try NotebookReader(folder.bytes("notebook.ipynb")).notebook
        let scripts = try scripts(in: folder)
        #expect(!scripts.isEmpty)
        for (language, bytes) in scripts {
            let written = PercentWriter.script(of: notebook, language: language).bytes
            #expect(written == bytes, "\(lineDifference(from: bytes.text, to: written.text))")
        }
    }

    @Test(arguments: folders)
    func `the script gives the cells beside it`(folder: Fixture) throws {
        let notebook = try NotebookReader(folder.bytes("notebook.ipynb")).notebook
        for (language, bytes) in try scripts(in: folder) {
            let read = try PercentReader.notebook(of: bytes, language: language)
            #expect(read.cells.map(\.kind) == notebook.cells.map(\.kind))
            #expect(read.cells.map(\.source.text) == notebook.cells.map(\.source.text))
        }
    }

    @Test(arguments: folders)
    func `every folder says why it is there`(folder: Fixture) throws {
        #expect(folder.has("why.md"))
    }
}
