import Foundation

/// A program of the system that a test asks for its opinion.
enum Tool: String, CaseIterable {
    case bash, zsh, fish, groff

    private var url: URL? {
        ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin", "/bin"]
            .map { URL(fileURLWithPath: "\($0)/\(rawValue)") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    var isInstalled: Bool { url != nil }

    /// Runs the tool to its end in `directory`, with the programs in `tools` before the system's.
    func run(
        _ arguments: [String], input: String = "",
        in directory: URL = FileManager.default.temporaryDirectory,
        tools: URL = FileManager.default.temporaryDirectory
    ) throws -> (output: String, errors: String) {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = [
            "PATH": "\(tools.path):/usr/local/bin:/usr/bin:/bin", "tools": tools.path,
            "HOME": tools.path, "TERM": "dumb", "LC_ALL": "C.UTF-8",
        ]
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let outputText = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errorText = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (outputText, errorText)
    }
}

/// A folder that is gone when the last reference to it is.
final class Folder {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("arguments-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, and the folders that it is in.
    func write(_ text: String, to path: String, isExecutable: Bool = false) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        let permissions = isExecutable ? 0o755 : 0o644
        try FileManager.default.setAttributes(
            [.posixPermissions: permissions], ofItemAtPath: file.path)
    }

    func contains(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path)
    }
}
