internal import Arguments
internal import Platform
internal import Workspace

/// `nbgit __manual`: writes the manual pages, for `make install`.
struct Manual: Runnable {
    var folder: Path = "."

    static let runsPrograms = false

    static let spec = CommandSpec<Manual>(
        summary: "Write the manual pages into a folder",
        parameters: [
            .operand("dir", \.folder, completion: .directory, help: "Folder, which must exist")
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        for topic in Commands.program.topic.all {
            let path = folder.appending(Path("\(topic.pageName).1"))
            let page = topic.manualPage(source: Commands.program.versionLine)
            do throws(SystemError) { try File.replace(path, with: Array(page.utf8)) } catch {
                throw Failure(error, about: .path(path))
            }
        }
        return .done
    }
}
