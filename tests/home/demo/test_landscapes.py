"""The demo's drawn pictures: same input, same bytes; exactly the size asked for; nothing left blank."""

import pytest

from home.demo.landscapes import SCENES, draw_landscape
from home.demo.portraits import SIDE, draw_portrait


@pytest.mark.parametrize("scene", SCENES)
def test_scene_twice_is_the_same_picture(scene):
    assert draw_landscape(scene, 96, 64).tobytes() == draw_landscape(scene, 96, 64).tobytes()


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("size", [(96, 64), (160, 60), (50, 80)])
def test_scene_has_the_size_asked_for_in_any_format(scene, size):
    assert draw_landscape(scene, *size).size == size


@pytest.mark.parametrize("scene", SCENES)
def test_scene_is_made_of_many_colours(scene):
    assert len(draw_landscape(scene, 192, 128).getcolors(192 * 128)) > 100


def test_scenes_differ():
    assert len({draw_landscape(scene, 96, 64).tobytes() for scene in SCENES}) == len(SCENES) >= 8


def test_unknown_scene_is_refused():
    with pytest.raises(KeyError):
        draw_landscape("grey_box", 96, 64)


def test_ten_portraits_show_ten_people_and_stay_the_same():
    people = [draw_portrait(seed) for seed in range(10)]
    assert {person.size for person in people} == {(SIDE, SIDE)}
    assert len({person.tobytes() for person in people}) == 10
    assert draw_portrait(4).tobytes() == people[4].tobytes()
