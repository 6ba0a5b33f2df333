internal import Foundation

/// Finds out whether command lines would be understood, without running them.
///
/// The shell takes each line apart, and meets a `nbgit` that only reads its words (`nbgit __parse`), and other programs that
/// do nothing at all.
public struct CommandLineCheck {
    private let folder: TemporaryDirectory
    private let binary: String

    /// Programs that lines for people may have beside nbgit.
    private static let others = [
        "aws", "cat", "chmod", "cp", "curl", "eval", "git", "grep", "head", "jupytext", "less",
        "ls", "make", "mkdir",
        "pip", "pre-commit", "rm", "sed", "wc",
    ]

    /// Sets the scene.
    public init(binary: String) throws {
        self.binary = binary
        folder = try TemporaryDirectory()
        for name in Self.others { try write("exit 0", to: name) }
        try write(
            """
            : >"$SEEN/$LINE"
            "$NBGIT" __parse -- "$@" 2>>"$SEEN/$LINE"
            """, to: "nbgit")
    }

    private func write(_ script: String, to name: String) throws {
        try folder.write("#!/bin/sh\n\(script)\n", to: "tools/\(name)")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path("tools/\(name)"))
    }

    /// What nbgit would not understand.
    ///
    /// - Parameter lines: Each with the place where it stands.
    /// - Returns: A sentence for each line that would fail, or that never comes to nbgit.
    /// - Throws: Where a folder could not be made.
    public func complaints(about lines: [(place: String, line: String)]) throws -> [String] {
        let seen = "seen-\(lines.count)"
        try folder.makeFolder(seen)
        try folder.makeFolder("home")
        let script = lines.enumerated().map { number, line in
            let quoted = line.line.replacingOccurrences(of: "'", with: #"'\''"#)
            return "export LINE=\(number); (cd home; eval '\(quoted)') >/dev/null 2>&1"
        }
        _ = try run(
            ["/bin/sh", "-c", script.joined(separator: "\n")], in: folder.path,
            environment: [
                "PATH": folder.path("tools"), "HOME": folder.path("home"), "NBGIT": binary,
                "SEEN": folder.path(seen),
            ], timeLimit: .seconds(120))
        return lines.enumerated().compactMap { number, line in
            guard let said = try? folder.read("\(seen)/\(number)") else {
                return "\(line.place): '\(line.line)' does not come to nbgit"
            }
            guard !said.isEmpty else { return nil }
            return "\(line.place): '\(line.line)': \(String(decoding: said, as: UTF8.self))"
        }
    }
}
