internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit init`: makes a repository.
struct Init: Runnable {
    var folder: Path = "."
    var branch: Path?
    var isJSON = false

    static let spec = CommandSpec<Init>(
        summary: "Make a git repository of a folder",
        discussion: """
            The folder is made where it is missing; what is in it stays as it is. The first branch is called \
            what 'init.defaultBranch' says, or main. A repository that is there already is not changed.
            """,
        examples: [
            "nbgit init": "Make one of this folder",
            "nbgit init analysis --branch trunk": "Make a folder with one in it",
        ],
        parameters: [
            .operand(
                "dir", \.folder, required: false, completion: .directory, help: "The folder"),
            .option(
                "branch", letter: "b", \.branch, "name", default: "init.defaultBranch, or main",
                help: "Name of the first branch"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let initialization: Initialization
        let head: Head
        do throws(GitError) {
            initialization = try Repository.initialize(
                folder, branch: branch, environment: context.environment)
            head = try initialization.repository.head()
        } catch {
            throw Failure(error)
        }
        let layout = initialization.repository.layout
        let name = head.branch?.short
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "init", "ok": true,
                    "work_tree": layout.workTree.json, "git_dir": layout.gitFolder.json,
                    "branch": name.json, "existed": initialization.existed.json,
                ]))
        }
        let place = (layout.workTree ?? layout.gitFolder).displayName
        if initialization.existed {
            context.console.say("there is a repository in \(place) already; nothing was changed")
            if let branch, branch != name {
                context.console.suggest(
                    "'--branch' is for a new one; make a branch here: "
                        + "nbgit switch -c '\(branch.displayName)'")
            }
        } else {
            let branch = name.map { ", branch \($0.displayName)" } ?? ""
            context.console.say("made an empty repository in \(place)\(branch)")
        }
        return .done
    }
}
