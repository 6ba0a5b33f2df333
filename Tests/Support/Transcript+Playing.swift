import Foundation

extension Transcript {
    /// Runs the commands and gives the transcript of what happened.
    ///
    /// They see a fresh folder with the files of the sections, a ``GitSandbox``, the program as `nbgit`
    /// in front of the usual commands, and an empty standard input. The paths of the folder and of the
    /// home are shown as `$DIR` and `$HOME`, that of the program's folder as `$BIN`, and the folder's own name
    /// as `$DIR_NAME`.
    ///
    /// - Parameters:
    ///   - binary: The path of the program under test.
    ///   - stage: What else they meet.
    ///   - timeLimit: How long one command may take.
    /// - Returns: The same commands and files with the output and status they really had.
    /// - Throws: Where the folder or a command could not be set up; never for what a command does.
    public func played(
        with binary: String, on stage: Stage = Stage(), timeLimit: Duration = .seconds(60)
    ) throws -> Transcript {
        let folder = try TemporaryDirectory()
        for file in files { try folder.write(file.bytes, to: file.path) }
        // A folder with nothing but the program: what else was built must not be found by accident.
        let tools = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(
            atPath: tools.path("nbgit"), withDestinationPath: binary)
        let sandbox = try GitSandbox(
            adding: Self.variables(tools, stage.programs, folder)
                .merging(stage.variables) { _, staged in staged },
            leavingOut: stage.unwantedVariables)
        let folderName = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
        let names = [
            folder.path: "$DIR", folderName: "$DIR_NAME", sandbox.home.path: "$HOME",
            tools.path: "$BIN",
        ]
        .merging(stage.names) { own, _ in own }

        var played = self
        for index in steps.indices {
            let command = steps[index].command
            let finished =
                stage.answers.isEmpty
                ? try run(
                    ["sh", "-c", command], in: folder.path, environment: sandbox.environment,
                    timeLimit: timeLimit, mergesErrors: true)
                : try stage.type(command, in: folder.path, sandbox.environment, timeLimit)
            let note = finished.isTimedOut ? "[killed after \(timeLimit)]\n" : ""
            played.steps[index].output = Self.shown(finished.output, naming: names) + note
            played.steps[index].status = finished.status
        }
        return played
    }

    private static func variables(
        _ tools: TemporaryDirectory, _ programs: String?, _ folder: TemporaryDirectory
    ) -> [String: String] {
        let path = [tools.path, programs, "/usr/local/bin:/usr/bin:/bin"].compactMap(\.self)
        return [
            "PATH": path.joined(separator: ":"),
            "DIR": folder.path,
            // A crash is a failure in its status; the stack it was in differs each time.
            "SWIFT_BACKTRACE": "enable=no",
        ]
    }

    /// Output as a transcript shows it.
    static func shown(_ output: [UInt8], naming names: [String: String]) -> String {
        var text = String(decoding: output, as: UTF8.self)
        // An address before the host in it.
        for (path, name) in names.sorted(by: { $0.key.utf8.count > $1.key.utf8.count }) {
            text = text.replacingOccurrences(of: path, with: name)
        }
        // How long something took is another number each time.
        text = text.replacing(/"seconds": [0-9.]+/, with: "\"seconds\": 0")
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            shown.append(scalar.picture ?? scalar)
        }
        return String(shown)
    }
}

extension Unicode.Scalar {
    /// The picture of a control character, or `nil` for anything that shows by itself.
    fileprivate var picture: Unicode.Scalar? {
        switch value {
        case 0x09, 0x0A: nil
        case 0x7F: "\u{2421}"
        case 0..<0x20: Unicode.Scalar(0x2400 + value)
        default: nil
        }
    }
}
