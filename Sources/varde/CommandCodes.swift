import Events

/// What the commands themselves have to tell, for the list of codes: 60x to 61x the database and
/// how it is reached, 62x workers, 63x releases and proofs, 64x figures and people, 65x recording,
/// 67x rebuilds, 69x what a worker serves and what a server denies it.
enum CommandCodes {
  static let all: [ListedCode] = [
    ListedCode(
      "VD140", "something is in the log and no longer in the programme's definition; it stays",
      "a group ends with dissolved_on", severity: .warning),
    ListedCode(
      "VD222", "something in the drop folder is left alone",
      "the message says why; put files there whose names say their kind", severity: .warning),
    ListedCode(
      "VD223", "the watcher cannot move or write a file; it tries again",
      "make room on the disk, or let the watcher write to the folder", severity: .warning),
    ListedCode(
      "VD226", "another process is recording the same file; this one waits until it has ended",
      "nothing: if it was killed, this one goes on with its run", severity: .warning),
    ListedCode(
      "VD380", "a reason names somebody, and reasons stay in the log",
      "say why without names, addresses or ids"),
    ListedCode(
      "VD447", "a definition has scales and none that isolation_score is made of",
      "give the scale of isolation the code the warning names", severity: .warning),
    ListedCode(
      "VD600", "the database cannot be reached",
      "is the server running, and does VARDE_DATABASE_URL name it?"),
    ListedCode("VD601", "the database holds no Varde log yet", "run 'varde init'"),
    ListedCode("VD602", "the database is older than this varde", "run 'varde init' to migrate it"),
    ListedCode(
      "VD603", "the database is newer than this varde",
      "install the varde that made it, or a later one"),
    ListedCode(
      "VD604", "a migration was applied with other content than this varde carries",
      "install the varde that made this database"),
    ListedCode(
      "VD605", "the read models were built by another version of varde", "run 'varde rebuild'"),
    ListedCode(
      "VD606", "a program of PostgreSQL is not installed",
      "install PostgreSQL, or name a server in VARDE_DATABASE_URL"),
    ListedCode(
      "VD607", "the private database cannot be started or stopped",
      "its own log, named in the message, says more"),
    ListedCode(
      "VD608", "the operating system refused", "check permissions and free space of the disk"),
    ListedCode("VD609", "PostgreSQL is too old", "Varde needs 15 or later"),
    ListedCode(
      "VD610", "the database refused a statement", "the SQLSTATE in the message says why"),
    ListedCode("VD611", "there is no institution of that name", "use one of those listed"),
    ListedCode("VD612", "it is not clear which institution is meant", "say which: --institution"),
    ListedCode(
      "VD613", "there is no kind of record of that name", "'varde help ingest' lists the kinds"),
    ListedCode("VD614", "the binding is for another kind", "name the binding's own kind"),
    ListedCode(
      "VD616", "nothing was retracted: not every row of the snapshot could be read",
      "mend the rejected rows and send the whole snapshot again"),
    ListedCode(
      "VD617", "nothing was retracted: the snapshot lacks more than a fifth of the records",
      "if the file is complete, send it again with --snapshot --yes"),
    ListedCode(
      "VD620", "facts stand still at an event they cannot take",
      "'varde failures' tells what to do; 'varde retry' when it is mended"),
    ListedCode(
      "VD621", "the database is away; the worker tries again", "nothing, if it comes back",
      severity: .warning),
    ListedCode(
      "VD630", "the release lacks something in the database",
      "check programme and period; run 'varde worker --once' first; if facts stand still, 'varde failures'"
    ),
    ListedCode("VD632", "the log is empty", "there is nothing to vouch for yet"),
    ListedCode("VD633", "the file is not a signing key", "restore it from a backup"),
    ListedCode("VD634", "the file is not a checkpoint", "'varde checkpoint > FILE' makes one"),
    ListedCode(
      "VD635", "the checkpoint's signature is not that of the key",
      "was the file changed, or is it another log's?"),
    ListedCode("VD636", "the text is not a public key", "'varde checkpoint --key' prints it"),
    ListedCode(
      "VD637", "there is no event at that position under the checkpoint",
      "take a newer checkpoint, or an earlier position"),
    ListedCode("VD638", "the file is not a proof", "'varde prove POSITION' writes one"),
    ListedCode("VD639", "there are no events of that type", "use one of those listed"),
    ListedCode(
      "VD640", "things of others are in or hang on the read models, and would go with a rebuild",
      "drop them, rebuild, and make them anew"),
    ListedCode("VD641", "a figure could not be computed", "the message says which and why"),
    ListedCode("VD642", "a scope or an indicator is not known", "use one of those listed"),
    ListedCode(
      "VD643", "nobody is known by that name",
      "give the employee id, the e-mail address or the random id of somebody enrolled"),
    ListedCode("VD644", "the two are one person already", "'varde subject show' prints how"),
    ListedCode(
      "VD645", "the person was merged into somebody else before",
      "take that back first: varde subject split"),
    ListedCode(
      "VD646", "the person was erased", "nothing can be said of somebody who was forgotten"),
    ListedCode(
      "VD647", "the identifier stands for somebody else",
      "if they are one person: varde subject merge"),
    ListedCode(
      "VD648", "the person is not merged into anybody", "'varde subject show' prints merges"),
    ListedCode("VD650", "there is no such code", "'varde codes' lists them all"),
    ListedCode("VD651", "there is no such run", "'varde runs' lists them"),
    ListedCode("VD652", "an argument is not KEY=VALUE", "write it as status=present"),
    ListedCode(
      "VD653", "--rejects names one file, and there are several inputs",
      "leave it out: every input has its own file of rejected rows beside it"),
    ListedCode(
      "VD655", "the database is away; the watcher tries again", "nothing, if it comes back",
      severity: .warning),
    ListedCode(
      "VD656", "the folder or the name of a file in the drop folder says no kind",
      "begin its name with the kind, put it into the kind's folder, or add a binding for it"),
    ListedCode(
      "VD657", "what is to be watched is no folder", "make the folder, or check its name"),
    ListedCode(
      "VD658", "--rejects names the input, which would be overwritten", "choose another name"),
    ListedCode(
      "VD660", "nothing fails at the position that is to be left out of all facts",
      "'varde failures' lists what does; with --yes what the facts have not come to yet is left out"
    ),
    ListedCode(
      "VD661", "there is no record at the position that is to be taken back",
      "'varde record' and 'varde run show' print positions, and views have them as a column"),
    ListedCode(
      "VD662", "the record was corrected or taken back already",
      "take back what it was corrected to"),
    ListedCode(
      "VD670", "the new facts would end earlier than the old ones",
      "install a varde that can take the event, or leave it out: varde quarantine"),
    ListedCode("VD671", "another rebuild is at work", "wait for it"),
    ListedCode(
      "VD672", "the new facts are ready, and somebody holds on to what was before",
      "end the open transaction, then run 'varde rebuild' again: it goes on from there"),
    ListedCode(
      "VD673", "the login may not rebuild", "use the login that ran 'varde init'"),
    ListedCode(
      "VD674", "the login may not act in the part that the command needs",
      "let it: GRANT the role that is named, or use another login"),
    ListedCode(
      "VD675", "the new facts cannot have an index that the site made",
      "drop it, rebuild, and make it anew"),
    ListedCode(
      "VD676", "the login may not make what varde init makes: roles, rights, schemas",
      "use a login with CREATEROLE that owns the database, or the server's administrator"),
    ListedCode(
      "VD677", "records were sent again as they are and stay left out of all facts",
      "correct them, or take them back with varde retract and send them again", severity: .warning),
    ListedCode(
      "VD690", "the port for metrics cannot be opened",
      "choose another --metrics-port; 0 takes one that is free"),
    ListedCode(
      "VD691", "the server turns the login away, or does not let it do what it asks for",
      "check name and password, and membership in the roles of Schema/roles.sql"),
    ListedCode(
      "VD692", "a statement was cancelled before it was done",
      "if nobody cancelled it: raise the login's statement_timeout"),
    ListedCode(
      "VD693", "the server is there and does not do what a worker asks for; it tries again",
      "the message says why: a limit, a full disk", severity: .warning),
    ListedCode(
      "VD694", "the server has no database of that name",
      "does VARDE_DATABASE_URL name the right one? It may have to be made first"),
    ListedCode(
      "VD695", "the server takes no more sessions",
      "raise the limit of the login, the database or the server, or take fewer"),
  ]
}
