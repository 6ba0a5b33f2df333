internal import Notebook
internal import Platform

/// One input that was read, what it becomes, and where that goes.
struct ConversionPlan {
    enum Target {
        case script(of: NotebookContent, [Note], Language)
        case notebook(Language)
    }

    let contents: Contents
    let target: Target
    /// The file to write; nil for standard output.
    let output: Path?

    /// Reads the input of `job`; writes nothing.
    init(for job: ConversionJob) throws(Failure) {
        contents = try job.read()
        switch try job.sourceFormat(of: contents) {
        case .notebook:
            let format = try job.targetFormat()
            guard format != .notebook else {
                throw Failure("already a notebook", about: job.subject)
            }
            let reader: NotebookReader
            do throws(NotebookError) { reader = try NotebookReader(contents) } catch {
                throw Failure(error, about: job.subject)
            }
            let language = try job.language(for: reader.content.metadata, format)
            target = .script(of: reader.content, reader.notes, language)
            output = job.output(fileExtension: String(language.fileExtension.dropFirst()))
        case .percent(let language):
            guard try job.targetFormat() ?? .notebook == .notebook else {
                throw Failure(
                    "already a script", about: job.subject,
                    hint: "convert it to a notebook with '--to ipynb'")
            }
            target = .notebook(language ?? job.language(ofScript: contents.bytes))
            output = job.output(fileExtension: "ipynb")
        }
    }
}

extension ConversionJob {
    fileprivate func read() throws(Failure) -> Contents {
        let contents: Contents
        do throws(SystemError) {
            if let input {
                contents = Contents(try File.contents(of: input))
            } else {
                contents = Contents(try StandardStream.input.read())
            }
        } catch {
            throw Failure(error, about: subject)
        }
        // An empty script is a script, but nothing at all is what a failed command leaves in a pipe.
        let isExpected = input != nil || conversion.source.map { !$0.isNotebook } ?? false
        guard isExpected || !contents.span.isEmpty else {
            throw Failure(
                "standard input is empty", hint: "see whether the command before the pipe failed")
        }
        return contents
    }

    // MARK: Formats

    fileprivate func sourceFormat(of contents: Contents) throws(Failure) -> FileFormat {
        if let source = conversion.source { return source }
        let bytes = contents.span
        let start = bytes.indices.first { !bytes[$0].isSpaceOrMark }
        let isLikeJSON = start.map { bytes[$0] } == UInt8(ascii: "{")
        guard let input else { return isLikeJSON ? .notebook : .percent(nil) }
        guard let format = FileFormat(fileExtension: input.fileExtension) else {
            throw Failure(
                "neither a notebook nor a script in a language that nbgit knows", path: input,
                hint: "say what it is with '--from', for example '--from "
                    + (isLikeJSON ? "ipynb'" : "py:percent'"))
        }
        return format
    }

    fileprivate func language(ofScript bytes: [UInt8]) -> Language {
        if let input, case .percent(let language?)? = FileFormat(fileExtension: input.fileExtension)
        {
            return language
        }
        return Languages.language(ofScript: bytes) ?? Languages.python
    }

    /// The format of the result: as asked for, else as the output's name tells.
    fileprivate func targetFormat() throws(Failure) -> FileFormat? {
        guard case .file(let path) = place,
            let named = FileFormat(fileExtension: path.fileExtension)
        else {
            return conversion.target
        }
        guard let target = conversion.target, target != .percent(nil) else { return named }
        guard target == named else {
            throw Failure(
                "the name ends in '.\(named.fileExtension ?? "")', but the format is "
                    + "'\(target.fileExtension ?? "")'", path: path)
        }
        return target
    }

    fileprivate func language(
        for metadata: JSONObject, _ format: FileFormat?
    ) throws(Failure) -> Language {
        if case .percent(let language?)? = format { return language }
        guard let language = Languages.language(of: metadata) else {
            let name = metadata.languageName.map { "'\($0)'" } ?? "a language"
            throw Failure(
                "the notebook is in \(name), which nbgit has no script form for", about: subject,
                hint: "choose one with '--to', for example '--to py:percent'")
        }
        return language
    }

    fileprivate func output(fileExtension: String) -> Path? {
        switch place {
        case .standardOutput: nil
        case .beside(let path): path.replacingExtension(with: fileExtension)
        case .file(let path): path
        }
    }
}

extension Contents {
    init(_ file: File.Contents) {
        switch file {
        case .bytes(let bytes): self.init(bytes)
        case .mapped(let file):
            // The file's object unmaps the memory, and lives as long as these contents.
            unsafe self.init(memory: file.bytes, owner: file, release: file.release(upTo:))
        }
    }
}

extension UInt8 {
    /// Whether it is JSON's white space or a part of a byte order mark.
    fileprivate var isSpaceOrMark: Bool {
        [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains(self)
    }
}

extension JSONObject {
    /// What a notebook's metadata call its language.
    fileprivate var languageName: String? {
        self["kernelspec"]?.object?["language"]?.string
            ?? self["language_info"]?.object?["name"]?.string
            ?? self["kernelspec"]?.object?["name"]?.string
    }
}
