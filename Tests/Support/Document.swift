public import Foundation

/// A page in Markdown whose commands are played, in order and in one shell, so that they say the truth.
///
///     ```console
///     $ nbgit status                 a command and what it shows, written as in a ``Transcript``
///     on branch main
///     ```
///     <!-- $ cp ../a.ipynb . -->     a command that the reader does not see, which must succeed
///     <!-- file: nbgit.toml -->      the block below is a file that is there before the first command
///     <!-- tested by …Tests.swift: name -->    the block below is tried elsewhere
///
/// Every block has one of these; what has none is a mistake.
public struct Document {
    /// The lines of the page.
    public private(set) var lines: [String]
    private var pieces: [Piece] = []
    private var files: [Transcript.File] = []
    private var notedBlocks: [(note: String, text: String)] = []

    /// Commands that stand together.
    private struct Piece {
        /// The lines between the fences; nil for what the reader does not see.
        let range: Range<Int>?
        let steps: [Transcript.Step]
    }

    /// Reads a page.
    ///
    /// - Throws: ``TranscriptError`` for a block that is neither played nor noted; an error of the system.
    public init(of file: URL) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var note: String?
        var number = 0
        while number < lines.count {
            let line = lines[number]
            if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
                let comment = String(line.dropFirst(5).dropLast(4))
                if comment.hasPrefix("$ ") {
                    pieces.append(Piece(range: nil, steps: try Self.steps([comment], at: number)))
                } else {
                    note = comment
                }
            } else if line.hasPrefix("```") {
                let end = lines[(number + 1)...].firstIndex { $0 == "```" } ?? lines.count
                try take(number + 1..<end, language: String(line.dropFirst(3)), note)
                number = end
                note = nil
            } else if !line.isEmpty {
                note = nil
            }
            number += 1
        }
    }

    private mutating func take(_ range: Range<Int>, language: String, _ note: String?) throws {
        if let note {
            let text = lines[range].map { $0 + "\n" }.joined()
            notedBlocks.append((note, text))
            if note.hasPrefix("file: ") {
                files.append(
                    Transcript.File(path: String(note.dropFirst(6)), bytes: Array(text.utf8)))
                return
            }
            if note.hasPrefix("tested by ") { return }
        } else if language == "console" {
            let steps = try Self.steps(Array(lines[range]), at: range.lowerBound)
            pieces.append(Piece(range: range, steps: steps))
            return
        }
        throw TranscriptError(
            lineNumber: range.lowerBound,
            message: "this block is neither played nor tested elsewhere")
    }

    private static func steps(
        _ lines: [String], at number: Int
    ) throws(TranscriptError) -> [Transcript.Step] {
        do throws(TranscriptError) {
            return try Transcript(parsing: lines.map { $0 + "\n" }.joined()).steps
        } catch {
            throw TranscriptError(lineNumber: number + error.lineNumber, message: error.message)
        }
    }

    /// The text of the block whose note ends with a word.
    public func block(noted word: String) -> String? {
        notedBlocks.first { $0.note.hasSuffix(word) }?.text
    }

    /// Plays the commands and gives the page with what they really showed.
    ///
    /// - Parameters:
    ///   - binary: The path of the program under test.
    ///   - stage: What the commands meet; its names are put into the commands, too.
    /// - Returns: The page's text, and what went wrong with commands that the reader does not see.
    /// - Throws: Where a folder or a command could not be set up.
    public func played(
        with binary: String, on stage: Stage
    ) throws -> (text: String, failures: [String]) {
        let scratch = try TemporaryDirectory()
        try scratch.write("", to: "session")
        let steps = pieces.flatMap(\.steps)
        var transcript = Transcript()
        transcript.files = files
        transcript.steps = steps.map { step in
            var step = step
            for (text, name) in stage.names {
                step.command = step.command.replacingOccurrences(of: name, with: text)
            }
            step.command = Self.inSession(step.command, scratch.path("session"))
            return step
        }
        var rest = try transcript.played(with: binary, on: stage).steps[...]

        var page = lines
        var failures: [String] = []
        for piece in pieces.reversed() {
            let played = zip(piece.steps, rest.suffix(piece.steps.count)).map { step, played in
                var played = played
                played.command = step.command
                // The reader works in the home folder.
                for name in ["$DIR", "$HOME"] {
                    played.output = played.output.replacingOccurrences(of: name, with: "~")
                }
                return played
            }
            rest.removeLast(piece.steps.count)
            if let range = piece.range {
                page.replaceSubrange(range, with: played.flatMap(\.lines))
            } else if played.contains(where: { $0.status != 0 }) {
                failures.append(played.flatMap(\.lines).joined(separator: "\n"))
            }
        }
        return (page.joined(separator: "\n"), failures)
    }

    /// The command, in a shell that knows the folder and the variables of those before it.
    private static func inSession(_ command: String, _ state: String) -> String {
        """
        . '\(state)'
        \(command)
        status=$?
        { export -p; printf "cd '%s'\\n" "$PWD"; } >'\(state)'
        exit $status
        """
    }
}
