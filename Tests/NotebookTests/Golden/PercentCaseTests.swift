import Foundation
@testable import Laws
@testable import Notebook
import Support
import Testing

/// What jupytext 1.19.6 made of some 130 notebooks and scripts: `../shared/percent-cases`, where it exists.
@Suite(
    .enabled(if: PercentCase.all.isEmpty == false, "there is no ../shared/percent-cases"))
struct PercentCaseTests {
    private static let written = PercentCase.all.filter { $0.name.hasPrefix("w") }
    private static let read = PercentCase.all.filter { $0.name.hasPrefix("r") }

    @Test(arguments: written.filter { $0.isFollowed })
    func `the script is jupytext's`(example: PercentCase) throws {
        let notebook = try NotebookReader(example.input).notebook
        let language = try #require(example.language)
        let script = PercentWriter.script(
            of: notebook, language: language, options: try example.options
        ).bytes.text
        let expected = try example.expected.withoutJupytextVersion
        #expect(script == expected, "\(lineDifference(from: expected, to: script))")
    }

    @Test(arguments: read.filter { $0.isFollowed })
    func `the notebook is jupytext's`(example: PercentCase) throws {
        let language = try #require(example.language)
        let notebook = try PercentReader.notebook(
            of: example.input, language: language, options: try example.options,
            isDeclared: example.command.contains("--from"))
        let ipynb = NotebookWriter.bytes(of: notebook).text.withFiltersSorted.withoutIdentifiers
        let expected = try example.expected.withFiltersSorted.withoutIdentifiers + "\n"
        #expect(ipynb == expected, "\(lineDifference(from: expected, to: ipynb))")
    }

    @Test(arguments: written.filter { $0.deviation != "an error of jupytext" })
    func `all cells come back`(example: PercentCase) throws {
        let notebook = try NotebookReader(example.input).notebook
        let language = try #require(example.language)
        let script = PercentWriter.script(
            of: notebook, language: language, options: try example.options
        ).bytes
        let cells = try PercentReader.notebook(
            of: script, language: language, options: try example.options, isDeclared: true
        ).cells
        #expect(cells.map(\.kind) == notebook.cells.map(\.kind))
        #expect(
            cells.map { RoundTripLaw.comparable($0.source).text }
                == notebook.cells.map { RoundTripLaw.comparable($0.source).text })
    }
}

/// One entry of `manifest.json`.
struct PercentCase: Sendable, CustomStringConvertible {
    let name: String
    let input: [UInt8]
    let command: [String]
    private let inputName: String
    private let expectedName: String
    private let isLossy: Bool

    var description: String { name }

    private static let folder = projectRoot.deletingLastPathComponent()
        .appendingPathComponent("shared/percent-cases")

    /// All cases but those of `--update`; none where the folder is missing.
    static let all: [PercentCase] = {
        let manifest = folder.appendingPathComponent("manifest.json")
        guard let data = try? Data(contentsOf: manifest), let text = try? JSONText(Array(data))
        else {
            return []
        }
        return text.root.elements?.compactMap { Self($0.value) } ?? []
    }()

    private init?(_ entry: JSONValue) {
        let entry = entry.object ?? [:]
        guard let name = entry["name"]?.string, !name.hasPrefix("u"),
            let inputName = entry["input"]?.string, let expectedName = entry["expected"]?.string,
            let command = entry["cmd"]?.string,
            let input = try? Data(contentsOf: Self.folder.appendingPathComponent(inputName))
        else { return nil }
        self.name = name
        self.inputName = inputName
        self.expectedName = expectedName
        self.input = Array(input)
        self.command = command.split(separator: " ").map(String.init)
        let roundTrip = entry["roundtrip_sources"]?.string ?? "identical"
        isLossy = entry["note"]?.string?.contains("BUG") == true || roundTrip != "identical"
    }

    /// The language of the script.
    var language: Language? {
        let target = command.firstIndex(of: "--to").map { command[$0 + 1] } ?? ""
        let name = target == "ipynb" ? inputName : target.replacing(":percent", with: "")
        return Languages.language(withExtension: "." + (name.split(separator: ".").last ?? ""))
    }

    var options: FormatOptions {
        get throws {
            var options = FormatOptions()
            for (word, value) in zip(command, command.dropFirst()) where word == "--opt" {
                let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
                try options.set(parts[0], to: parts[1])
            }
            return options
        }
    }

    var expected: String {
        get throws {
            try String(
                contentsOf: Self.folder.appendingPathComponent(expectedName), encoding: .utf8)
        }
    }

    /// Whether the output is to be jupytext's, byte for byte.
    var isFollowed: Bool { !isLossy && deviation == nil }

    /// Why nbgit does something else on purpose.
    var deviation: String? { Self.deviations[name] }

    private static let deviations = [
        "w60_paired_formats": "a pair of formats is kept as it is",
        "w61_old_jupytext_metadata": "a pair of formats is kept as it is",
        "wl19_language_r_lowercase_crash": "jupytext crashes",
        "r23_header_custom_keys": "a pair of formats is kept as it is",
        "r26_header_yaml_error": "an error of jupytext",
        "r28_encoding_not_utf8": "an error of jupytext",
        "r29_bom": "a byte order mark is skipped",
        "r31_light_header_wins": "the light format is refused",
        "r34_fences": "a fence closes inside its cell", "r36_unicode": "lines end at LF alone",
    ]
}

extension String {
    /// The text without the line of the header that names jupytext's version.
    fileprivate var withoutJupytextVersion: String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("       jupytext_version: ") }.joined(separator: "\n")
    }

    /// The text with equal identifiers; those of jupytext are random.
    fileprivate var withoutIdentifiers: String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("   \"id\": ") ? "   \"id\": …" : String($0) }.joined(
                separator: "\n")
    }

    /// The text with sorted `cell_metadata_filter`s; the order of jupytext's is random.
    fileprivate var withFiltersSorted: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard line.contains("\"cell_metadata_filter\": \"") else { return String(line) }
            let keys = line.split(separator: "\"", omittingEmptySubsequences: false)
            return keys.map { $0.split(separator: ",").sorted().joined(separator: ",") }
                .joined(separator: "\"")
        }.joined(separator: "\n")
    }
}
