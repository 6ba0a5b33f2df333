/// What a person types and what the terminal answers, as a text file.
///
///     # What the file is about; comments stand above the first command.
///     $ nbgit convert a.ipynb --check
///     a.ipynb: would change
///     [exit 1]
///
///     $ cat <<end | nbgit convert - -o -     # a comment for one command is the shell's own
///     > {}
///     > end
///     …
///     -- a.ipynb --
///     {"cells": [], …}
///     -- odd.ipynb (base64) --
///     77u/e30K
///
/// * Each command runs in `sh -c` of its own, in the folder that holds the files of the sections.
///   Lines that start with `> ` continue it.
/// * Then come standard output and standard error, mixed as they were written, and `[exit n]` when the
///   status is not 0. Blank lines before the next command are layout, not output.
/// * An output line that could be taken for something else starts with a backslash, which is not part
///   of it: before `$ `, `> `, `-- `, `[exit `, a backslash, and for an empty last line.
///   `\ no newline at end of output` says just that.
/// * Control characters are shown as pictures: `␛` for escape, `␍` for carriage return.
/// * A section's text ends with a line end; for other bytes there is base64.
public struct Transcript: Equatable, Sendable {
    /// The lines above the first command.
    public var introduction: [String] = []
    /// The commands, in order.
    public var steps: [Step] = []
    /// What is in the folder before the first command.
    public var files: [File] = []
    /// The lines of the sections, as they were written.
    var sectionLines: [String] = []

    /// One command and what came of it.
    public struct Step: Equatable, Sendable {
        /// The command; more than one line when it was continued.
        public var command: String
        /// What it wrote, with its own line ends.
        public var output = ""
        /// Its exit status.
        public var status: Int32 = 0
        /// How many blank lines follow; they mean nothing.
        var blankLineCount = 0
    }

    /// One file laid out before the first command.
    public struct File: Equatable, Sendable {
        /// Its path in the folder.
        public var path: String
        /// Its content.
        public var bytes: [UInt8]
    }

    /// Whether nothing has been recorded yet.
    public var isNew: Bool {
        steps.allSatisfy { $0.output.isEmpty && $0.status == 0 }
    }

    /// The transcript as a text file; parsing it gives the same transcript.
    public var text: String {
        let lines = introduction + steps.flatMap(\.lines) + sectionLines
        return lines.map { $0 + "\n" }.joined()
    }
}

/// Why a text is not a transcript.
public struct TranscriptError: Error, Equatable, CustomStringConvertible {
    /// The line, from 1.
    public let lineNumber: Int
    /// What is wrong with it.
    public let message: String

    /// Both.
    public var description: String { "line \(lineNumber): \(message)" }
}

extension Transcript.Step {
    static let missingLineEnd = "\\ no newline at end of output"

    /// The lines of the file that stand for this step.
    var lines: [String] {
        var commandLines = command.split(separator: "\n", omittingEmptySubsequences: false)
        let first = commandLines.removeFirst()
        var lines = ["$ \(first)"] + commandLines.map { "> \($0)" }
        lines += outputLines
        if status != 0 { lines.append("[exit \(status)]") }
        return lines + Array(repeating: "", count: blankLineCount)
    }

    private var outputLines: [String] {
        guard !output.isEmpty else { return [] }
        var lines = output.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Self.escaped(String($0)) }
        guard output.hasSuffix("\n") else { return lines + [Self.missingLineEnd] }
        lines.removeLast()
        if lines.last == "" { lines[lines.count - 1] = "\\" }
        return lines
    }

    private static func escaped(_ line: String) -> String {
        let isAmbiguous = ["$ ", "> ", "-- ", "[exit ", "\\"].contains { line.hasPrefix($0) }
        return isAmbiguous ? "\\" + line : line
    }
}
