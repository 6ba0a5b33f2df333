internal import Arguments
internal import Platform
internal import Workspace

/// `nbgit __pages`: writes a page about each command into a folder, for `make install` and `make docs`.
struct WritePages: Runnable {
    /// What a page is written for.
    enum Form: String, CaseIterable, ArgumentValue {
        /// For man(1): `nbgit-convert.1`.
        case man
        /// For people who read the repository: `nbgit-convert.md`.
        case markdown
    }

    var form = Form.man
    var folder: Path = "."

    static let runsPrograms = false

    static let spec = CommandSpec<WritePages>(
        summary: "Write the pages about all commands into a folder",
        parameters: [
            .operand("form", \.form, help: "What they are for"),
            .operand("dir", \.folder, completion: .directory, help: "Folder, which must exist"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        for topic in Commands.program.topic.all {
            let name = topic.pageName
            let (path, page) =
                switch form {
                case .man:
                    (
                        "\(name).1",
                        topic.manualPage(
                            source: Commands.program.versionLine, date: Commands.date)
                    )
                case .markdown: ("\(name).md", topic.markdown)
                }
            let file = folder.appending(Path(path))
            do throws(SystemError) { try File.replace(file, with: Array(page.utf8)) } catch {
                throw Failure(error, about: .path(file))
            }
        }
        return .done
    }
}
