import Foundation
import Support
import Testing

/// A folder in which the built program is run, with files that no command here may touch.
struct ProgramFolder {
    let scratch: TemporaryDirectory
    let binary: String

    /// A whole notebook, and the script it becomes.
    static let notebook = """
        {"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], \
        "source": "1 + 1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}

        """
    static let script = """
        # ---
        # jupyter:
        #   jupytext:
        #     text_representation:
        #       extension: .py
        #       format_name: percent
        #       format_version: '1.3'
        # ---

        # %%
        1 + 1

        """

    init() throws {
        binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        scratch = try TemporaryDirectory()
        try scratch.write("a bystander", to: "bystander.py")
        try scratch.write(Self.notebook, to: "deep/bystander.ipynb")
    }

    /// Runs `nbgit convert` in the folder.
    func convert(_ arguments: [String], input: [UInt8] = []) throws -> Finished {
        try run(
            [binary, "convert"] + arguments, in: scratch.path, environment: Self.environment,
            input: input)
    }

    func convert(_ arguments: String..., input: [UInt8] = []) throws -> Finished {
        try convert(arguments, input: input)
    }

    /// Runs a line of bash in the folder, with the program as `$nbgit`.
    func shell(_ line: String) throws -> Finished {
        try run(
            ["bash", "-c", line], in: scratch.path,
            environment: Self.environment.merging(["nbgit": binary]) { $1 })
    }

    /// Runs `nbgit convert` as someone who may not read and write everything, as root may.
    func convertUnprivileged(_ arguments: [String]) throws -> Finished {
        guard geteuid() == 0 else { return try convert(arguments) }
        try #require(shell("chown -R 65534:65534 .").status == 0)
        let command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", binary]
        return try run(
            command + ["convert"] + arguments, in: scratch.path, environment: Self.environment)
    }

    /// Whether permissions can stand in the way here: for root that takes setpriv, and a binary and
    /// libraries that others may run.
    static let canBeUnprivileged: Bool = {
        guard geteuid() == 0 else { return true }
        guard let folder = try? ProgramFolder() else { return false }
        return (try? folder.convertUnprivileged(["bystander.py", "-o", "-"]))?.status == 0
    }()

    /// Everything in the folder, to be compared with later.
    func snapshot() throws -> FolderSnapshot { try FolderSnapshot(of: scratch) }

    private static let environment: [String: String] = {
        var variables = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8", "GIT_CEILING_DIRECTORIES": TemporaryDirectory.place,
            "SWIFT_BACKTRACE": "enable=no",
        ]
        // Coverage and sanitizers are told where to write by the program that runs the tests.
        for name in ["LLVM_PROFILE_FILE", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"] {
            variables[name] = ProcessInfo.processInfo.environment[name]
        }
        return variables
    }()
}

/// What lies in a folder and below it: kinds, permissions, contents, link targets and times.
struct FolderSnapshot: Equatable, CustomStringConvertible {
    private let lines: [String]

    init(of folder: TemporaryDirectory) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        lines = try names.sorted().map { name in
            let path = folder.path(name)
            var status = stat()
            try #require(lstat(path, &status) == 0)
            let content =
                switch status.st_mode & S_IFMT {
                case S_IFREG: Data(try folder.read(name)).base64EncodedString()
                case S_IFLNK: try FileManager.default.destinationOfSymbolicLink(atPath: path)
                default: ""
                }
            // A folder's time changes with every temporary file in it, which is nobody's loss.
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            let time = isFolder ? timespec() : status.st_mtim
            let mode = String(status.st_mode, radix: 8)
            return "\(name) \(mode) \(time.tv_sec).\(time.tv_nsec) \(content)"
        }
    }

    var description: String { lines.joined(separator: "\n") }
}
