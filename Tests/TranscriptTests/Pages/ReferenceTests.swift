import Foundation
import Support
import Testing

/// The pages that are made from the option tables: help, docs/commands and the manual.
@Suite struct ReferenceTests {
    /// The pages of one form as the program writes them, by name.
    static func pages(_ form: String) throws -> [String: String] {
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        let folder = try TemporaryDirectory()
        let finished = try run(
            [binary, "__pages", form, folder.path], in: folder.path,
            environment: GitSandbox().environment)
        try #require(finished.status == 0)
        let names = Fixtures.files(below: URL(fileURLWithPath: folder.path))
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, String(decoding: try folder.read($0), as: UTF8.self))
            })
    }

    @Test func `docs-commands say what the tables say`() throws {
        let folder = projectRoot.appendingPathComponent("docs/commands")
        let pages = try Self.pages("markdown")
        let stored = Fixtures.files(below: folder)
        #expect(Set(stored) == Set(pages.keys), "write them anew: make docs")
        for (name, page) in pages.sorted(by: { $0.key < $1.key }) {
            let file = folder.appendingPathComponent(name)
            let old = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            guard old != page else { continue }
            Issue.record(
                "\(name): write it anew: make docs\n\(lineDifference(from: old, to: page))")
        }
    }

    @Test func `every command has an example`() throws {
        for (name, page) in try Self.pages("markdown") {
            // A group's page lists its commands.
            let isCommand = !page.contains("](nbgit-") || !page.contains("## Commands")
            guard name != "nbgit.md", isCommand else { continue }
            #expect(page.contains("## Examples"), "\(name)")
        }
    }

    @Test func `every example would be understood`() throws {
        let check = try CommandLineCheck(binary: #require(BuiltBinary.path))
        let lines = try Self.pages("markdown").flatMap { name, page in
            let start = page.components(separatedBy: "## Examples\n")
            let examples = start.count > 1 ? start[1].components(separatedBy: "\n## ")[0] : ""
            return examples.split(separator: "\n").filter { $0.hasPrefix("    ") }
                .map { (place: name, line: String($0.dropFirst(4))) }
        }
        #expect(lines.count > 60)
        for complaint in try check.complaints(about: lines) { Issue.record("\(complaint)") }
    }

    @Test(
        arguments: [
            ["groff", "-man", "-ww", "-Tutf8"], ["mandoc", "-T", "lint", "-W", "warning"],
        ].filter { isThere($0[0]) })
    func `manual pages are good roff`(checker: [String]) throws {
        let folder = try TemporaryDirectory()
        let pages = try Self.pages("man")
        #expect(pages.count > 60)
        for (name, page) in pages {
            try folder.write(page, to: name)
            let finished = try run(
                checker + [name], in: folder.path, environment: GitSandbox().environment)
            #expect(String(decoding: finished.errors, as: UTF8.self) == "", "\(name)")
            guard checker[0] == "mandoc" else { continue }
            #expect(String(decoding: finished.output, as: UTF8.self) == "", "\(name)")
        }
    }

    private static func isThere(_ program: String) -> Bool {
        ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin", "/bin"]
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    // MARK: Names of commands

    /// The names of all commands: `["nbgit", "auth", "login"]`.
    static func commands() throws -> Set<[String]> {
        Set(
            try pages("markdown").values.compactMap { page in
                page.split(separator: "\n").first?.dropFirst(2).split(separator: " ").map(
                    String.init)
            })
    }

    /// What nbgit does and is, in sentences.
    private static let verbs: Set<String> = [
        "cannot", "did", "does", "has", "index", "is", "itself", "knows", "made", "reads", "writes",
    ]

    /// Why a line to type names no command; nil where it does, or names none at all.
    static func unknownCommand(in line: String, _ commands: Set<[String]>) -> String? {
        let words = line.split { " '\"`;|&)".contains($0) }.map(String.init).filter {
            $0.wholeMatch(of: #/[a-z][a-z-]*/#) != nil
        }
        guard words.first == "nbgit", words.count > 1 else { return nil }
        let name = Array(words.prefix(2))
        guard !verbs.contains(words[1]) else { return nil }
        guard commands.contains(name) else { return "'\(words[1])' is no command: \(line)" }
        return nil
    }

    @Test func `every command that a message names is one`() throws {
        let commands = try Self.commands()
        let sources = projectRoot.appendingPathComponent("Sources")
        var count = 0
        for name in Fixtures.files(below: sources) where name.hasSuffix(".swift") {
            let text = try String(
                contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: #/['":] ?(nbgit [a-z][a-z-]*)\b/#) {
                count += 1
                let complaint = Self.unknownCommand(in: String(match.1), commands)
                if let complaint { Issue.record("\(name): \(complaint)") }
            }
        }
        #expect(count > 200)
    }
}
