import Support
import Testing

extension [ServerBehaviour] {
    /// What may happen to a push.
    static let ofPushing: [ServerBehaviour] = [
        .init(
            title: "it takes it", status: 0, says: ["pushed main to origin: 1 commit"], truth: .done
        ),
        .init(
            title: "it takes much",
            setup: "head -c 3000000 /dev/urandom >big; git add big; git commit -qm big",
            status: 0, says: ["pushed main to origin: 2 commits"], truth: .done),
        .init(title: "it lets anybody fetch", path: "pub/NAME.git", status: 0, truth: .done),
        .init(
            title: "it has everything", setup: "git reset -q --hard origin/main", status: 0,
            says: ["origin has all of main already"], truth: .done),
        .init(
            title: "it is only asked what it would do", arguments: ["--dry-run"], status: 0,
            says: ["would push main to origin: 1 commit"]),
        .init(
            title: "it takes one and not the other",
            setup:
                "printf '#!/bin/sh\ntest $1 = refs/heads/main\n' >$S/hooks/update; chmod +x $S/hooks/update; git branch side; git config --add remote.origin.push refs/heads/side; git config --add remote.origin.push refs/heads/main",
            status: 1, says: ["origin rejected 'side': hook declined", "pushed main to origin"],
            truth: .done),
        .init(
            title: "its hook 'pre-receive' refuses",
            setup:
                #"printf '#!/bin/sh\nprintf "\\033]0;PWNED\\007no\\rnever\\n" >&2; exit 1' >$S/hooks/pre-receive; chmod +x $S/hooks/pre-receive"#,
            status: 1,
            says: [#"remote: never"#, "origin rejected 'main': pre-receive hook declined"]),
        .init(
            title: "its hook 'update' refuses",
            setup: "printf '#!/bin/sh\nexit 1' >$S/hooks/update; chmod +x $S/hooks/update",
            status: 1,
            says: ["origin rejected 'main': hook declined"]),
        .init(
            title: "it takes nothing back",
            setup:
                "git -C $S config receive.denyNonFastForwards true; git reset -q --hard origin/main~1",
            arguments: ["--force-with-lease"], status: 1,
            says: ["origin rejected 'main': non-fast-forward"]),
        .init(
            title: "it is forced with a lease",
            setup: "git reset -q --hard origin/main~1; git commit -q --allow-empty -m x",
            arguments: ["--force-with-lease"], status: 0, says: ["in place of what was there"],
            truth: .done),
        .init(
            title: "it was moved since",
            setup:
                "git update-ref refs/remotes/origin/main main~2; git reset -q --hard main~2; git commit -q --allow-empty -m x",
            arguments: ["--force-with-lease"], status: 1,
            says: ["it is not what you fetched last from origin"]),
        .init(
            title: "it has commits that were fetched",
            setup: "git reset -q --hard origin/main~1; git commit -q --allow-empty -m x",
            status: 1,
            says: [
                "origin has commits that you do not have", "hint: get them first with 'nbgit pull'",
            ]),
        .init(
            title: "it has commits that were never fetched",
            setup:
                "git -C $S update-ref refs/heads/main $(git -C $S commit-tree -p main -m new main^{tree})",
            status: 1, says: ["origin has commits that you do not have"]),
        .init(
            title: "it hides the branch",
            setup: "git -C $S config receive.hideRefs refs/heads/main",
            status: 1, says: ["origin rejected 'main': deny updating a hidden ref"]),
        .init(
            title: "it takes only little", setup: "git -C $S config receive.maxInputSize 100",
            status: 2,
            says: ["the server could not take what was sent, and changed nothing"]),
        .init(
            title: "it works on the branch", setup: "git -C $S config core.bare false", status: 1,
            says: ["origin rejected 'main': branch is currently checked out"]),
        .init(
            title: "it removes nothing", setup: "git -C $S config receive.denyDeletes true",
            arguments: ["origin", ":main"], status: 1,
            says: ["origin rejected 'main': deletion prohibited"]),

        .init(
            title: "the token is for reading", who: .reader, status: 4,
            says: ["ORIGIN does not allow pushing here: ada may push here, you may not"]),
        .init(title: "the token is wrong", who: .impostor, status: 4, says: ["refused the token"]),
        .init(
            title: "there is no token", who: .nobody, status: 4,
            says: ["there is no token to be had"]),
        .init(
            title: "it has no such repository", path: "git/none.git", status: 2,
            says: ["there is no repository"]),
        .init(
            title: "what stands before it takes little", path: "small/NAME.git", status: 2,
            says: ["does not take that much at once"]),
        .init(
            title: "it redirects what is sent", path: "then-post/NAME.git", status: 2,
            says: ["redirects in the middle of things"]),
        .init(
            title: "it redirects to another port", path: "to-port/NAME.git", status: 2,
            says: ["which was not asked for"]),

        // The server is asked again, on a second connection that works.
        .init(
            title: "the connection is cut before it has anything",
            fault: .cutUpwardsOnce(after: 2500),
            status: 2,
            says: ["'main' did not come to origin: the connection to 'localhost' was cut"]),
        .init(
            title: "it dies before its answer",
            setup:
                "printf '#!/bin/sh\nkill -9 $PPID' >$S/hooks/post-receive; chmod +x $S/hooks/post-receive",
            status: 0, says: ["the server was asked again, and has everything"], truth: .done),
        .init(
            title: "it is slower than the limit",
            setup:
                "printf '#!/bin/sh\nsleep 4' >$S/hooks/post-receive; chmod +x $S/hooks/post-receive; git -C $S config receive.keepAlive 0",
            status: 0, says: ["the server was asked again, and has everything"], truth: .done),
        .init(
            title: "the hook 'pre-push' refuses",
            setup: "printf '#!/bin/sh\nexit 1' >.git/hooks/pre-push; chmod +x .git/hooks/pre-push",
            status: 2, says: ["hook 'pre-push' ended with exit status 1, so nothing was pushed"]),
    ]
}
