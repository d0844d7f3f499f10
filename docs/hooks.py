"""What MkDocs does to the pages besides: links to files of the repository that are no pages become their names."""

import os
import re

LINK = re.compile(r"\[([^\]\n]*)\]\((\.\.?/[^)\s]+)\)")


def on_page_markdown(markdown, page, config, files):
    folder = os.path.dirname(page.file.abs_src_path)

    def keep_or_name(link):
        target = os.path.normpath(os.path.join(folder, link[2].split("#")[0]))
        inside = os.path.commonpath([target, os.path.abspath(config["docs_dir"])]) == os.path.abspath(config["docs_dir"])
        return link[0] if inside else link[1]

    return LINK.sub(keep_or_name, markdown)
