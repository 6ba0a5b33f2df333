internal import Arguments
internal import Workspace

/// `nbgit completion`: prints what a shell needs to complete nbgit's command lines.
struct Completion: Runnable {
    var shell = Shell.bash

    static let runsPrograms = false

    static let spec = CommandSpec<Completion>(
        summary: "Print a script that teaches a shell nbgit's commands",
        discussion: """
            Put the script where the shell looks for it:

                nbgit completion bash > ~/.local/share/bash-completion/completions/nbgit
                nbgit completion zsh > ~/.zfunc/_nbgit
                nbgit completion fish > ~/.config/fish/completions/nbgit.fish
            """,
        examples: [
            "eval \"$(nbgit completion bash)\"": "Try it in this shell"
        ],
        parameters: [.operand("shell", \.shell, help: "The shell")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        try context.console.put(Array(Commands.program.completionScript(for: shell).utf8))
        return .done
    }
}
