# bash completion for telltale
_telltale() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "diagnose annotate watch convert report inspect verify repair edit reduce rules formats --help --version" -- "$cur"))
    return
  fi
  case "${COMP_WORDS[1]}" in
    diagnose)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text json jsonl markdown html sarif junit" -- "$cur")); return ;;
        --fail-on) COMPREPLY=($(compgen -W "info warning error never" -- "$cur")); return ;;
        --max-memory) COMPREPLY=(); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--format --fail-on --max-memory --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    annotate)
      case "$prev" in
        --out) compopt -o default; COMPREPLY=(); return ;;
        -f|--format) COMPREPLY=($(compgen -W "text json" -- "$cur")); return ;;
        --fail-on) COMPREPLY=($(compgen -W "info warning error never" -- "$cur")); return ;;
        --max-memory) COMPREPLY=(); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--out --format --fail-on --max-memory --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    watch)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text jsonl" -- "$cur")); return ;;
        --severity) COMPREPLY=($(compgen -W "info warning error" -- "$cur")); return ;;
        --exec) COMPREPLY=(); return ;;
        --webhook) COMPREPLY=(); return ;;
        --fail-on) COMPREPLY=($(compgen -W "info warning error never" -- "$cur")); return ;;
        --out) compopt -o default; COMPREPLY=(); return ;;
        --interval) COMPREPLY=(); return ;;
        --until-idle) COMPREPLY=(); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--format --severity --exec --webhook --notify-cleared --fail-on --out --no-annotate --interval --once --until-idle --poll --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    convert)
      case "$prev" in
        --to) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        -f|--format) COMPREPLY=($(compgen -W "text json" -- "$cur")); return ;;
        --rename) COMPREPLY=(); return ;;
        --downsample) COMPREPLY=(); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--to --dry-run --verify --format --rename --downsample --merge-training-runs --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    report)
      case "$prev" in
        -o|--output) compopt -o default; COMPREPLY=(); return ;;
        --fail-on) COMPREPLY=($(compgen -W "info warning error never" -- "$cur")); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--output --fail-on --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    inspect)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text json jsonl markdown" -- "$cur")); return ;;
        --max-memory) COMPREPLY=(); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--format --max-memory --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    verify)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text json jsonl markdown" -- "$cur")); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--format --explain --from --jobs --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    repair)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text json" -- "$cur")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--dry-run --format --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    edit)
      case "$prev" in
        --keep) COMPREPLY=(); return ;;
        --drop) COMPREPLY=(); return ;;
        --from-step) COMPREPLY=(); return ;;
        --to-step) COMPREPLY=(); return ;;
        --downsample) COMPREPLY=(); return ;;
        --rename) COMPREPLY=(); return ;;
        --rename-run) COMPREPLY=(); return ;;
        --restarts) COMPREPLY=($(compgen -W "keep merge split" -- "$cur")); return ;;
        --shift-steps) COMPREPLY=(); return ;;
        --scale-steps) COMPREPLY=(); return ;;
        --only) COMPREPLY=(); return ;;
        --shift-time) COMPREPLY=(); return ;;
        --scale-time) COMPREPLY=(); return ;;
        -f|--format) COMPREPLY=($(compgen -W "text json" -- "$cur")); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--keep --drop --slim --from-step --to-step --downsample --rename --rename-run --restarts --merge-files --shift-steps --scale-steps --only --shift-time --scale-time --fix-clocks --dry-run --format --jobs --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    reduce)
      case "$prev" in
        --by) COMPREPLY=(); return ;;
        --steps) COMPREPLY=($(compgen -W "interpolate all any" -- "$cur")); return ;;
        -f|--format) COMPREPLY=($(compgen -W "text json" -- "$cur")); return ;;
        --from) COMPREPLY=($(compgen -W "$(telltale formats 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
        --include) COMPREPLY=(); return ;;
        --exclude) COMPREPLY=(); return ;;
        -j|--jobs) COMPREPLY=(); return ;;
        --limit) COMPREPLY=(); return ;;
        --role) COMPREPLY=(); return ;;
        --param) COMPREPLY=(); return ;;
        --config) compopt -o default; COMPREPLY=(); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--all --by --steps --dry-run --format --from --include --exclude --jobs --limit --role --param --no-group --config --no-config --color --quiet --verbose --help" -- "$cur"))
      else
        compopt -o default; COMPREPLY=()
      fi
      ;;
    rules)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text json markdown" -- "$cur")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--format --color --help" -- "$cur"))
      else
        COMPREPLY=($(compgen -W "$(telltale rules 2>/dev/null | cut -d' ' -f1)" -- "$cur"))
      fi
      ;;
    formats)
      case "$prev" in
        -f|--format) COMPREPLY=($(compgen -W "text json markdown" -- "$cur")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
      esac
      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--format --color --verbose --help" -- "$cur"))
      else
        COMPREPLY=()
      fi
      ;;
  esac
}
complete -F _telltale telltale
