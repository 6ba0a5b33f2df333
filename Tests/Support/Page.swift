internal import Foundation

/// A page in Markdown, taken apart as far as its truth can be checked without playing it.
public struct Page: Sendable, CustomStringConvertible {
    /// The path from the root of the project.
    public let name: String
    /// Its lines.
    public let lines: [String]

    /// The name, which is what a parameterised test shows.
    public var description: String { name }

    /// Every page of the project that is for people, but for what is copied from others.
    public static let all: [Page] = {
        let below = ["docs", "Benchmarks"].flatMap { folder in
            Fixtures.files(below: projectRoot.appendingPathComponent(folder)).map {
                "\(folder)/\($0)"
            }
        }
        let root = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "STYLE.md"]
        return (root + below.filter { $0.hasSuffix(".md") }).compactMap { try? Page($0) }
    }()

    /// Reads a page.
    public init(_ name: String) throws {
        self.name = name
        let file = projectRoot.appendingPathComponent(name)
        lines = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The text in one piece.
    public var text: String { lines.joined(separator: "\n") }

    /// Lines, with their numbers from 1, and whether they are code.
    private var numbered: [(number: Int, line: String, isCode: Bool)] {
        var isFenced = false
        return lines.enumerated().map { index, line in
            let isFence = line.hasPrefix("```")
            defer { if isFence { isFenced.toggle() } }
            return (index + 1, line, isFenced || isFence || line.hasPrefix("    "))
        }
    }

    // MARK: Links

    /// Where its links lead, in the order of the text; those to the web are left out.
    public var links: [(line: Int, target: String)] {
        numbered.filter { !$0.isCode }.flatMap { number, line, _ in
            line.withoutCode.matches(of: #/\]\(([^)\s]+)\)/#).map { (number, String($0.1)) }
        }.filter { !$0.target.contains("://") }
    }

    /// The names that its headings have as targets of links.
    ///
    /// Follows what GitHub makes of headings.
    public var anchors: Set<String> {
        let headings = numbered.filter { !$0.isCode && $0.line.hasPrefix("#") }.map { row in
            row.line.drop { $0 == "#" }.lowercased().filter {
                $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_"
            }
        }
        return Set(
            headings.map { heading in
                String(heading.drop { $0 == " " }).replacingOccurrences(of: " ", with: "-")
            })
    }

    // MARK: What people are told to type

    /// Command lines of nbgit in code of all kinds; such as have placeholders in them stand as they are.
    ///
    /// One within a sentence may only name a command.
    public var commandLines: [(line: Int, command: String, isInSentence: Bool)] {
        numbered.flatMap { number, line, isCode -> [(Int, String, Bool)] in
            guard isCode else {
                return line.matches(of: #/`(nbgit [^`]+)`/#).map { (number, String($0.1), true) }
            }
            var text = line.drop { $0 == " " }
            if text.hasPrefix("$ ") || text.hasPrefix("! ") { text = text.dropFirst(2) }
            if text.hasPrefix("!") { text = text.dropFirst() }
            guard text.hasPrefix("nbgit ") else { return [] }
            // What it does stands behind it.
            let command = text.split(separator: #/ {2,}/#, maxSplits: 1).first ?? text
            return [(number, String(command), false)]
        }
    }

    /// Files and folders of the project that are named in code within the text.
    public var namedFiles: [(line: Int, path: String)] {
        let folders = [
            "Sources/", "Tests/", "Scripts/", "docs/", "Fixtures/", "Fuzz/", "Benchmarks/",
        ]
        return numbered.filter { !$0.isCode }.flatMap { number, line, _ in
            line.matches(of: #/`([A-Za-z.]+/[^`\s]*)`/#).map { (number, String($0.1)) }
        }.filter { row in
            folders.contains { row.path.hasPrefix($0) }
                && !row.path.contains("NNNN")
                && !row.path.contains { "<>*…{".contains($0) }
        }
    }

    /// The tables, each with its heads as the first row.
    public var tables: [[(line: Int, cells: [String])]] {
        var tables: [[(line: Int, cells: [String])]] = []
        var isInTable = false
        for (number, line, _) in numbered {
            defer { isInTable = line.hasPrefix("|") }
            guard line.hasPrefix("|") else { continue }
            if !isInTable { tables.append([]) }
            guard !line.hasPrefix("|---") else { continue }
            let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
            tables[tables.count - 1].append(
                (number, cells.dropLast().map { $0.trimmingCharacters(in: .whitespaces) }))
        }
        return tables
    }

    /// The rows of the tables whose last column is called "Proof": what is claimed, and what proves it.
    public var claims: [(line: Int, claim: String, proof: String)] {
        tables.filter { $0[0].cells.last == "Proof" }.flatMap { table in
            table.dropFirst().compactMap { line, cells in
                cells.count < 2 ? nil : (line, cells[cells.count - 2], cells[cells.count - 1])
            }
        }
    }
}

extension String {
    /// The line without what stands between backticks.
    fileprivate var withoutCode: String { replacing(#/`[^`]*`/#, with: "") }
}
