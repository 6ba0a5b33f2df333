internal import Platform

/// How the content of a file is merged: by git, or by a program.
///
/// Follows gitattributes(5), "Performing a three-way merge", and ll-merge.c of git.
enum MergeDriver {
    case text
    /// Both sides' lines, one after the other.
    case union
    /// Not at all.
    case binary
    /// The command line of `merge.<name>.driver`.
    case program(name: String, [UInt8])

    /// Finds the driver by what the attribute `merge` of a file says.
    init(_ attribute: AttributeValue, _ repository: Repository) throws(GitError) {
        switch attribute {
        case .set: self = .text
        case .unset: self = .binary
        case .unspecified:
            let name = try repository.configuration.string("merge.default") ?? "text"
            self = try Self(named: name, repository)
        case .word(let name): self = try Self(named: name, repository)
        }
    }

    private init(named name: String, _ repository: Repository) throws(GitError) {
        if let driver = try repository.configuration.entry("merge.\(name).driver") {
            self = .program(name: name, driver.bytes)
            return
        }
        switch name {
        case "union": self = .union
        case "binary": self = .binary
        // What nobody has defined is text, as in git.
        default: self = .text
        }
    }
}

extension Repository {
    /// Runs the program that merges a file.
    ///
    /// - Parameters:
    ///   - name: What the driver is called.
    ///   - commandLine: With `%O`, `%A`, `%B`, `%L`, `%P` for what it is told.
    ///   - sides: The contents.
    ///   - markerSize: How many signs a conflict marker has.
    /// - Returns: What it left in the file of our side.
    /// - Throws: ``GitError`` where it could not be run or broke down.
    ///
    /// Follows `ll_ext_merge` of git's ll-merge.c.
    func merged(
        by name: String, _ commandLine: [UInt8], _ sides: ContentSides, markerSize: Int
    ) throws(GitError) -> MergedContent {
        let scratch = try system { () throws(SystemError) in
            try TemporaryFolder(environment: environment)
        }
        defer { scratch.remove() }
        let files = ["O": "base", "A": "ours", "B": "theirs"].mapValues {
            scratch.path.appending(Path($0))
        }
        let contents = ["O": sides.base ?? [], "A": sides.ours, "B": sides.theirs]
        for (letter, file) in files {
            try system { () throws(SystemError) in
                _ = try File.replace(file, with: contents[letter] ?? [])
            }
        }
        var values = files.mapValues { $0.bytes }
        values["L"] = Array(String(markerSize).utf8)
        values["P"] = Self.shellQuoted(sides.path.bytes)
        var program = Subprocess(
            shell: Self.expanded(commandLine, values), environment: programEnvironment)
        program.folder = layout.workTree
        program.output = .toStandardError
        let finished: Subprocess.Finished
        do throws(SystemError) { finished = try program.run() } catch { throw GitError(error) }
        guard case .exited(let status) = finished.status, status < 128 else {
            throw GitError(
                "the merge driver '\(name)' \(finished.status.sentence)", path: sides.path,
                hint: "look at 'git config merge.\(name).driver'")
        }
        let merged = files["A"] ?? scratch.path
        let bytes = try system { () throws(SystemError) in try File.read(merged) }
        return MergedContent(bytes: bytes, isClean: status == 0)
    }

    /// Puts values in the place of `%<letter>`; `%%` is a percent sign, and what is not known stays.
    private static func expanded(_ text: [UInt8], _ values: [String: [UInt8]]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let letter = rest.first else {
                result.append(byte)
                continue
            }
            let name = String(Unicode.Scalar(letter))
            if let value = values[name] {
                result += value
                rest.removeFirst()
            } else {
                result.append(byte)
                if letter == UInt8(ascii: "%") { rest.removeFirst() }
            }
        }
        return result
    }

    private static func shellQuoted(_ text: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        return [quote]
            + text.flatMap { $0 == quote ? Array("'\\''".utf8) : [$0] } + [quote]
    }
}
